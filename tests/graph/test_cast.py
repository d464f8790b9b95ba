from dataclasses import replace

from graph.cast import Cast, Scene, cast, names_in
from graph.language import Mention, MentionKind, Namesake, Reading, Statement
from graph.model import Entity
from graph.ontology import load_ontology
from graph.resolve import entity_key, normal
from graph.views import Candidate
from tests.graph.scripted import day, person, place, says

SCENE = Scene("g", day(10), load_ontology())


def known(name: str, type_: str = "Person", *aliases: str) -> Entity:
    return Entity(name, "g", name, type_, entity_key(name, type_), day(1), day(1), aliases)


def candidates(*entities: Entity) -> list[Candidate]:
    found = []
    for e in entities:
        found += [Candidate(normal(e.name), e, "KEY"), *(Candidate(normal(a), e, "ALIAS") for a in e.aliases)]
        found.append(Candidate(normal(e.name.split()[0]), e, "FIRST_NAME"))
    return found


def played(*statements: Statement, among: tuple[Entity, ...] = (), mentions: tuple[Mention, ...] = (), name: str | None = None) -> Cast:
    return cast([(Reading("e1", statements, mentions, name), day(9))], candidates(*among), SCENE)


def test_every_name_that_may_decide_is_looked_up() -> None:
    sister = Mention(MentionKind.ROLE, "Ada's sister", "Person", owner=person("Ada Moll"))
    reading = Reading("e", (says(sister, "lives_in", place("Graz")),), speaker_name="Ada")
    assert {"ada's sister", "ada moll", "ada", "graz", "user"} <= set(names_in([reading]))


def test_a_name_met_twice_is_one_entity_and_is_linked_to_its_episode() -> None:
    made = played(says("Ada", "lives_in", place("Graz")), says("Ada", "likes", place("Graz")))
    assert sorted(e.name for e in made.entities) == ["Ada", "Graz"]
    assert {uuid for _, uuid in made.mentions} == {e.uuid for e in made.entities}


def test_a_mere_mention_links_what_is_known_and_makes_nothing() -> None:
    made = played(mentions=(person("Bo"), person("Cy")), among=(known("Bo"),))
    assert (made.entities, made.mentions) == ((), (("e1", "Bo"),))


def test_a_known_entity_learns_aliases_and_a_narrower_type() -> None:
    made = played(
        says(Mention(MentionKind.NAME, "Rex", "Animal", aliases=("Ada's dog",)), "likes", place("Graz")), among=(known("Rex", "Thing"),)
    )
    (rex,) = made.revised
    assert (rex.type, rex.aliases, rex.recorded_at) == ("Animal", ("Ada's dog",), SCENE.at)


def test_what_was_only_a_role_gets_its_name() -> None:
    made = played(says(person("Mia", "Ada's sister"), "lives_in", place("Graz")), among=(known("Ada's sister"),))
    (mia,) = made.revised
    assert (mia.name, mia.aliases) == ("Mia", ("Ada's sister",))


def test_the_other_end_of_a_statement_is_someone_else() -> None:
    for statement in (says(person("Ada Vale"), "mother_of", person("Ada")), says(person("Ada"), "has_mother", person("Ada Vale"))):
        made = played(statement, among=(known("Ada"),))
        assert ([e.name for e in made.entities], made.revised) == (["Ada Vale"], ())


def test_a_second_sister_is_someone_else() -> None:
    made = played(says(person("Eva", "Ada's sister"), "lives_in", place("Graz")), among=(known("Mia", "Person", "Ada's sister"),))
    assert {e.name for e in made.entities} == {"Eva", "Graz"}
    assert made.revised == ()


def test_a_namesake_of_another_type_is_another_entity() -> None:
    made = played(says("Ada", "lives_in", Mention(MentionKind.NAME, "Mercury", "City")), among=(known("Mercury", "Product"),))
    assert "Mercury" in {e.name for e in made.entities}


def test_who_cannot_be_told_apart_is_new_and_asked_about() -> None:
    made = played(says(person("Leo"), "lives_in", place("Graz")), among=(known("Leo Brandt"), known("Leo Marsh")))
    (review,) = made.reviews
    leo = next(e for e in made.entities if e.name == "Leo")
    assert set(review.entities) == {"Leo Brandt", "Leo Marsh", leo.uuid}


def test_a_nameless_user_who_gives_a_name_bears_it_from_the_first_message_on() -> None:
    made = played(says("User", "lives_in", place("Graz")), name="Ada")
    ada = next(e for e in made.entities if e.type == "Person")
    assert (ada.name, ada.aliases) == ("Ada", ("User",))


def test_whatever_holds_is_nobody() -> None:
    statement = replace(says("Ada", "quit", place("x")), object=Mention(MentionKind.ANY, ""))
    assert [e.name for e in played(statement).entities] == ["Ada"]


def test_who_introduces_themselves_by_another_name_is_known_by_both() -> None:
    speaker = Mention(MentionKind.SPEAKER, "Emi", "Person", aliases=("Kate",))
    made = cast([(Reading("e", (), (speaker,)), SCENE.at)], (), SCENE)
    assert [(e.name, e.aliases) for e in made.entities] == [("Emi", ("Kate",))]


ADA = Mention(MentionKind.SPEAKER, "Ada", "Person")
MOTHER = Mention(MentionKind.NAME, "Ada", "Person", ADA, "parent", ("Ada's mother",), unlike=("Ada's daughter",))
DAUGHTER = Mention(MentionKind.NAME, "Ada", "Person", ADA, "child", ("Ada's daughter",), unlike=("Ada's mother",))
ANOTHER = Mention(MentionKind.NAME, "Lea Voss", "Person", aliases=("the other Lea Voss",), namesake=Namesake.ANOTHER)


def test_nobody_is_their_own_relative() -> None:
    made = played(says(MOTHER, "parent_of", ADA), says(DAUGHTER, "child_of", ADA), says(ADA, "lives_in", place("Graz")))
    assert {e.key for e in made.entities} == {"ada|Person", "ada|Person#2", "ada|Person#3", "graz|City"}
    ada, mother, daughter = (made.of[mention] for mention in (ADA, MOTHER, DAUGHTER))
    assert {e.uuid: set(e.apart) for e in made.entities if e.type == "Person"} == {
        ada: set(),
        mother: {ada},
        daughter: {ada, mother},
    }


def test_whose_someone_is_tells_namesakes_apart_later() -> None:
    ada, mother = known("Ada"), replace(known("Ada", "Person", "Ada's mother"), uuid="mother", key="ada|Person#2")
    made = played(says(MOTHER, "lives_in", place("Graz")), says(DAUGHTER, "lives_in", place("Graz")), among=(ada, mother))
    assert (made.of[ADA], made.of[MOTHER]) == ("Ada", "mother")
    assert made.of[DAUGHTER] not in ("Ada", "mother")


def test_another_of_a_name_is_a_namesake() -> None:
    made = played(says(person("Lea Voss"), "lives_in", place("Graz")), says(ANOTHER, "lives_in", place("Linz")))
    first, second = made.of[person("Lea Voss")], made.of[ANOTHER]
    assert first != second
    assert {e.key for e in made.entities if e.uuid == second} == {"lea voss|Person#2"}
    assert made.reviews == ()


def test_the_other_of_a_name_is_the_one_told_of_before() -> None:
    first, second = known("Lea Voss"), replace(known("Lea Voss", "Person", "the other Lea Voss"), uuid="2", key="lea voss|Person#2")
    other = replace(ANOTHER, namesake=Namesake.OTHER)
    assert played(says(other, "lives_in", place("Linz")), among=(first, second)).of[other] == "2"


def test_another_of_a_name_that_several_have_is_asked_about() -> None:
    first, second = known("Lea Voss"), replace(known("Lea Voss", "Person", "the other Lea Voss"), uuid="2", key="lea voss|Person#2")
    made = played(says(ANOTHER, "lives_in", place("Linz")), among=(first, second))
    (review,) = made.reviews
    assert set(review.entities) == {"Lea Voss", "2", made.of[ANOTHER]}
