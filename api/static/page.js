const ASK = `query Ask($group: String!, $question: String!, $asOf: AsOf) {
  graph(group: $group, asOf: $asOf) {
    group { version settings { timezone } }
    asOf { valid known }
    context(question: $question) {
      text tokens truncated
      facts { fact { text status validAt validAtPrecision invalidAt invalidAtPrecision
        sources { quote saidAt holds withdrawnAt actor episode { name role } } supersededBy { sources { saidAt } } } }
      entities { name type }
      episodes { episode { content name role saidAt session { name } } }
      took { totalMs }
    }
  }
}`;
const GROUPS = "query Groups { groups(first: 100) { nodes { name } } }";
const EXAMPLES = ["Where does Maren live?", "Where did Dario work?", "Who is Maren's boyfriend?", "What does Dario want to do one day?"];
const STATUS = { HOLDS: "holds", ENDED: "ended", FUTURE: "to come", RETRACTED: "withdrawn" };

const form = document.getElementById("ask");
const fields = form.elements;
const at = (id) => document.getElementById(id);

class Refused extends Error {
  constructor(error) {
    super(error.message);
    Object.assign(this, { code: "INTERNAL", hint: "" }, error.extensions);
  }
}

async function send(query, variables) {
  const key = fields.key.value.trim();
  const headers = { "Content-Type": "application/json", Accept: "application/graphql-response+json, application/json" };
  if (key) headers.Authorization = `Bearer ${key}`;
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const answer = await response.json();
  if (answer.errors) throw new Refused(answer.errors[0]);
  return answer.data;
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* A day was meant in the speaker's own offset, which the source's saidAt keeps; without a source, in the group's zone. */
function calendar(instant, saidAt, zone) {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(saidAt ?? "");
  if (!saidAt) return { at: new Date(instant), zone };
  const minutes = offset ? (offset[1] === "-" ? -1 : 1) * (60 * Number(offset[2]) + Number(offset[3])) : 0;
  return { at: new Date(Date.parse(instant) + 60000 * minutes), zone: "UTC" };
}

const SHAPES = {
  YEAR: { year: "numeric" },
  MONTH: { year: "numeric", month: "long" },
  DAY: { year: "numeric", month: "long", day: "numeric" },
  TIME: { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" },
};

function shown(instant, precision, saidAt, zone) {
  const when = calendar(instant, saidAt, zone);
  const shape = SHAPES[precision] ?? (precision === "SAID" || precision === "BEFORE" ? SHAPES.DAY : SHAPES.TIME);
  return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: when.zone, hourCycle: "h23" }).format(when.at);
}

function interval(fact, zone) {
  const said = fact.sources[0]?.saidAt;
  if (fact.validAtPrecision === "BEFORE") return `some time before ${shown(fact.validAt, "BEFORE", said, zone)}`;
  const start = shown(fact.validAt, fact.validAtPrecision, said, zone);
  const from = fact.validAtPrecision === "SAID" ? `known since ${start}` : `from ${start}`;
  if (!fact.invalidAt) return from;
  const ending = fact.sources.findLast((source) => !source.holds) ?? fact.supersededBy?.sources[0] ?? fact.sources[0];
  return `${from} until ${shown(fact.invalidAt, fact.invalidAtPrecision, ending?.saidAt, zone)}`;
}

function speaker(episode) {
  return episode.name ?? episode.role ?? "a document";
}

function day(saidAt) {
  return shown(saidAt, "DAY", saidAt, "UTC");
}

function quotation(source) {
  const who = source.episode ? speaker(source.episode) : source.actor;
  return element("blockquote", {}, source.quote ?? "stated directly", element("footer", {}, `${who}, ${day(source.saidAt)}`));
}

function factItem({ fact }, zone) {
  const quotes = fact.sources.filter((source) => !source.withdrawnAt);
  return element(
    "li",
    { class: `fact ${fact.status}` },
    element("p", { class: "says" }, fact.text),
    element("p", { class: "when" }, element("span", { class: "status" }, STATUS[fact.status]), element("span", {}, interval(fact, zone))),
    ...quotes.map(quotation),
  );
}

function episodeItem({ episode }) {
  const where = episode.session ? ` · ${episode.session.name}` : "";
  return element(
    "li",
    { class: "episode" },
    element("header", {}, `${speaker(episode)}, ${day(episode.saidAt)}${where}`),
    element("p", {}, episode.content),
  );
}

function entityItem(entity) {
  return element("li", {}, entity.name, element("span", {}, entity.type));
}

function section(title, list, items) {
  if (!items.length) return [];
  return [element("h2", {}, title, element("small", {}, String(items.length))), element(list.name, list.attributes, ...items)];
}

function show({ group, context }) {
  const zone = group.settings.timezone;
  const text = element("details", {}, element("summary", {}, `What a model reads (${context.tokens} tokens)`), element("pre", { tabindex: "0" }, context.text));
  at("found").replaceChildren(
    ...section("Facts", { name: "ol", attributes: {} }, context.facts.map((ranked) => factItem(ranked, zone))),
    ...section("Who and what", { name: "ul", attributes: { class: "entities" } }, context.entities.map(entityItem)),
    ...section("Said", { name: "ol", attributes: {} }, context.episodes.map(episodeItem)),
    text,
  );
}

function counted(items, name) {
  return `${items.length} ${name}${items.length === 1 ? "" : "s"}`;
}

function summary({ group, asOf, context }) {
  if (group.version === 0 && !context.episodes.length) return `The group ${fields.group.value} has no memories yet.`;
  const found = `${counted(context.facts, "fact")}, ${counted(context.episodes, "message")}, ${Math.round(context.took.totalMs)} ms`;
  const cut = context.truncated ? ", cut to the budget" : "";
  const asked = fields.valid.value || fields.known.value;
  const instant = (text) => text.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
  return `${found}${cut}${asked ? `. What held at ${instant(asOf.valid)}, as known at ${instant(asOf.known)}` : ""}.`;
}

function complain(error) {
  const box = at("error");
  const words = error instanceof Refused ? error.message : `The service did not answer: ${error.message}`;
  box.replaceChildren(element("p", {}, words));
  if (error.hint) box.append(element("p", {}, error.hint));
  box.hidden = false;
  at("status").textContent = "";
  at("found").replaceChildren();
  if (error.code === "UNAUTHENTICATED") askForKey();
}

function askForKey() {
  at("locked").hidden = false;
  fields.key.focus();
}

function remember() {
  const named = ["group", "question", "valid", "known"].map((name) => [name, fields[name].value.trim()]).filter(([, value]) => value);
  history.replaceState(null, "", `?${new URLSearchParams(named)}`);
  sessionStorage.setItem("palimpsest-key", fields.key.value.trim());
}

let latest = 0;

async function ask() {
  const mine = ++latest;
  const instant = { valid: fields.valid.value.trim() || null, known: fields.known.value.trim() || null };
  remember();
  at("error").hidden = true;
  at("status").textContent = "Asking…";
  try {
    const { graph } = await send(ASK, { group: fields.group.value.trim(), question: fields.question.value.trim(), asOf: instant });
    if (mine !== latest) return;
    show(graph);
    at("status").textContent = summary(graph);
  } catch (error) {
    if (mine === latest) complain(error);
  }
}

function example(question) {
  const button = element("button", { type: "button" }, question);
  button.addEventListener("click", () => {
    fields.question.value = question;
    ask();
  });
  return button;
}

function offerExamples() {
  at("examples").replaceChildren(...(fields.group.value.trim() === "demo" ? EXAMPLES.map(example) : []));
}

async function listGroups() {
  try {
    const { groups } = await send(GROUPS, {});
    at("groups").replaceChildren(...groups.nodes.map(({ name }) => element("option", { value: name })));
  } catch (error) {
    complain(error);
  }
}

function start() {
  const given = new URLSearchParams(location.search);
  for (const name of ["group", "question", "valid", "known"]) if (given.has(name)) fields[name].value = given.get(name);
  fields.key.value = sessionStorage.getItem("palimpsest-key") ?? "";
  at("locked").hidden = !fields.key.value;
  at("instant").open = given.has("valid") || given.has("known");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  fields.key.addEventListener("change", listGroups);
  fields.group.addEventListener("input", offerExamples);
  offerExamples();
  listGroups();
  if (fields.question.value) ask();
  else fields.question.focus();
}

start();
