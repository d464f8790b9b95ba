"""`palimpsest ask`: the context that a question needs."""

from typing import Annotated, Literal

from cyclopts import Parameter

from api.cli.groups import require_group
from api.cli.options import NOW, Look
from api.cli.reach import reading
from api.cli.show import out, print_json

Form = Literal["default", "facts", "chat", "json"]
DOCUMENT = """
query Ask($group: String!, $asOf: AsOf, $question: String!, $budget: Int!, $template: String) {
  graph(group: $group, asOf: $asOf) {
    asOf { valid known }
    context(question: $question, budget: $budget, template: $template) {
      text tokens truncated
      facts { score why fact { text relation status validAt validAtPrecision invalidAt sources { quote saidAt } } }
      episodes { score why episode { content name saidAt session { name } } }
      took { totalMs legs }
    }
  }
}
"""


async def ask(
    group: str,
    question: str,
    /,
    *,
    budget: Annotated[int, Parameter(help="Most tokens the answer may have.")] = 1500,
    template: Annotated[Form, Parameter(help="How the text is laid out; json is one line for a program.")] = "default",
    look: Look = NOW,
) -> None:
    """Show what a model should read before it answers QUESTION: dated facts and the words of GROUP they came from."""
    variables = {"group": group, "asOf": look.instant(), "question": question, "budget": budget, "template": template}
    async with reading(look.settings()) as channel:
        data = await channel.execute(DOCUMENT, variables)
        if not (data["graph"]["context"]["facts"] or data["graph"]["context"]["episodes"]):
            await require_group(channel, group)
    if look.json:
        print_json(data["graph"])
        return
    context = data["graph"]["context"]
    out().print(context["text"] or _nothing(group, budget, context["truncated"]), markup=False, soft_wrap=True)


def _nothing(group: str, budget: int, truncated: bool) -> str:
    if truncated:
        return f"What is known about that in the group {group!r} does not fit into {budget} tokens: give more with --budget."
    return f"Nothing is known about that in the group {group!r}."
