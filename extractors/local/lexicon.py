"""Word lists of English that the rules look words up in, as data: kin and pets, states of life, and what carries no meaning."""

from collections.abc import Mapping


def _of(**lists: str) -> dict[str, str]:
    return {word.replace("_", " "): role for role, words in lists.items() for word in words.split()}


KIN: Mapping[str, str] = _of(
    parent="mother mom mum mommy mama mummy father dad daddy papa parent stepmother stepfather stepmom stepdad",
    sibling="sister brother sibling sis bro stepsister stepbrother twin half-sister half-brother",
    child="son daughter child kid kiddo baby toddler stepson stepdaughter newborn",
    spouse="wife husband spouse hubby",
    partner="girlfriend boyfriend partner gf bf fiance fiancé fiancée fiancee",
    grandparent="grandmother grandma granny grandfather grandpa gran nana",
    grandchild="grandson granddaughter grandchild grandkid",
    relative="aunt auntie uncle cousin niece nephew sister-in-law brother-in-law mother-in-law father-in-law godson goddaughter",
    friend="friend buddy pal bestie roommate housemate flatmate bff",
    neighbor="neighbor neighbour",
    boss="boss manager supervisor",
    colleague="colleague coworker co-worker workmate",
    teacher="mentor teacher coach professor tutor trainer therapist doctor dentist",
)
"""Whose someone is, as what: the role of the word in "my sister"."""

PETS = frozenset(
    "dog cat puppy kitten pup hamster rabbit bunny parrot horse pony turtle tortoise snake goldfish pet lizard gecko bird budgie ferret "
    "gerbil guinea-pig kitty doggo doggy labrador poodle retriever beagle dachshund corgi spaniel terrier".split()
)

FEMALE = frozenset(
    "mother mom mum mommy mama mummy sister sis daughter wife girlfriend gf aunt auntie niece grandmother grandma granny gran nana "
    "stepmother stepmom stepsister stepdaughter half-sister fiancée fiancee woman girl lady granddaughter goddaughter "
    "sister-in-law mother-in-law".split()
)
MALE = frozenset(
    "father dad daddy papa brother bro son husband hubby boyfriend bf uncle nephew grandfather grandpa stepfather stepdad stepbrother "
    "stepson half-brother fiance fiancé man guy boy grandson godson brother-in-law father-in-law".split()
)

I = frozenset("i me myself mine".split())  # noqa: E741 - the word itself
WE = frozenset("we us ourselves ours".split())
YOU = frozenset("you u ya yourself yourselves yours".split())
HE = frozenset("he him himself his".split())
SHE = frozenset("she her herself hers".split())
MY = frozenset("my our".split())
UNKNOWN = frozenset(
    "it its itself they them themselves theirs their this that these those there who whom which what everyone everybody someone somebody "
    "anyone anybody noone nobody one ones something anything everything nothing another other others all any some both each either neither "
    "most many much few several none here somewhere more less enough ton tons plenty".split()
)
"""Words that stand for something which only the talk around them could tell."""

GENERIC_PEOPLE = frozenset(
    "people person folk folks guy guys man men woman women human humans team member members everyone group crowd".split()
)

LIGHT = frozenset(
    "thing things lot lots bit way ways stuff something anything everything nothing one ones kind sort type it that this "
    "them time times fun blast moment day days part while ton tons bunch couple side end idea point reason case fact sense "
    "turn luck mind touch break advantage hand look bits pieces piece chance opportunity care word words example deal matter "
    "shot go try best bad good rest top place places spot spots".split()
)
"""Heads of phrases that name nothing: "a lot", "a good time"."""

NOT_NAMES = frozenset(
    "aww aw wow woah whoa yeah yep yes no nah hey hi hello thanks thank congrats congratulations cool great awesome nice sure ok okay haha "
    "lol omg oh ah absolutely definitely totally exactly cheers sorry ugh yay woohoo hmm well thx please bye god goodness gosh lord "
    "amazing wonderful good morning evening night sounds glad happy hope love just really gotcha dang damn so "
    "true right indeed also btw fyi dude bro man bruh girl mate lmao yup nope hahaha hehe".split()
)
"""Words that a tagger takes for names where a chat begins with them."""

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset("january february march april may june july august september october november december".split())


ABSTRACT = frozenset(
    "change vibe world people difference impact experience life energy support love joy memory time thing other awareness "
    "voice skill goal dream passion challenge creativity strength self confidence mind heart soul happiness positivity "
    "community future growth progress success opportunity option possibility idea inspiration motivation balance health mood "
    "focus attention peace step effort fun best better place way moment journey story feeling emotion body limit horizon "
    "stress boundary connection bond relationship culture nature beauty".split()
)
"""Nouns that give an intention no content: "make a difference"."""

FLEETING = frozenset(
    "think guess mean hope wish bet suppose reckon wonder sound seem appear appreciate thank agree understand imagine hear "
    "see look remember forget let say tell talk know believe feel excite miss keep be ask answer reply chat text message "
    "call share mention show check wait notice realize realise figure matter depend happen need care turn stay sit stand "
    "listen hang deal handle remind note promise chill relax rest sleep wake laugh smile cry fall inspire motivate encourage "
    "cheer consider enjoy value cherish treasure focus face push stick worry manage allow connect speak express reflect "
    "embrace discuss recommend suggest clean wear follow snap decide gain experience wrap shop ride catch watch put hope "
    "shape remain continue surprise impress amaze mesmerize captivate fascinate thrill touch blow want like miss mess".split()
)
"""Verbs of saying, seeing, feeling and of the moment: what they take is no fact worth keeping."""
BROAD = frozenset(
    "have get make take go do come give find use try bring help send eat drink hold hit start begin finish end spend leave receive create "
    "plan learn pick set run walk work play read cook add change move turn reach look".split()
)
"""Verbs that say little without a telling object and a date."""
DULL = (
    frozenset(
        "chat talk conversation pleasure setback experience issue incident pic photo picture lunch dinner breakfast brunch "
        "meal food snack coffee tea advice look channel gym shower nap walk start decision break message email call "
        "note plan idea kind feeling relaxation problem trouble question answer reminder mood energy morning evening night "
        "night-out school homework hairdresser spa".split()
    )
    | ABSTRACT
)
"""Objects of events that nobody asks about later."""

EVENT_NOUNS = frozenset(
    "class course workshop lesson concert show festival conference meeting seminar lecture retreat race marathon tournament "
    "game match party wedding birthday anniversary funeral graduation ceremony parade exhibition exhibit exam test interview "
    "appointment surgery operation accident trip vacation holiday hike camping roadtrip cruise tour visit journey fundraiser "
    "competition contest event meetup reunion barbecue bbq picnic convention campaign fair protest march rally group session "
    "program programme internship job contract offer promotion award prize certificate degree diploma license scholarship "
    "adoption application project business shop store studio website blog book novel album song painting sculpture pot bowl "
    "script screenplay recipe garden house apartment flat car bike motorbike motorcycle truck van boat phone laptop computer "
    "camera guitar piano violin drum ring dress puppy kitten dog cat pet baby cast diagnosis injury illness flu covid yoga "
    "pottery swimming camping hiking surfing kayaking skiing".split()
)
"""Nouns that name something which took place or is owned: an object worth remembering."""


LANGUAGES = frozenset(
    "english french german spanish italian portuguese dutch swedish norwegian danish finnish polish russian ukrainian czech greek turkish "
    "arabic hebrew hindi urdu bengali tamil mandarin chinese cantonese japanese korean vietnamese thai indonesian malay swahili latin "
    "hungarian romanian catalan basque irish welsh persian farsi tagalog".split()
)

PLACE_ENDINGS = frozenset(
    "street avenue road lane square park beach lake river island mountain mount valley hospital airport station bridge museum library "
    "church castle tower hill hills bay harbor harbour county city town village state province district forest".split()
)
ORGANIZATION_ENDINGS = frozenset(
    "inc inc. ltd ltd. llc gmbh corp corp. company co co. university college school institute academy bank group foundation association "
    "club agency ministry department orchestra studio studios entertainment records union party council labs media systems bakery "
    "restaurant cafe clinic pharmacy brewery gym salon bookshop partners solutions consulting software technologies".split()
)

TITLES = frozenset("mr mr. mrs mrs. ms ms. dr dr. prof prof. sir".split())

CLASSIFIERS = frozenset(
    "city country town village state continent language sport position religion field name island region league "
    "nation kingdom republic province county district tradition genre constellation".split()
)
""" "the city of Porto" is Porto."""
DESCRIPTIONS = frozenset(
    "film movie series show programme program play musical opera novel book story poem work song album single record track symphony "
    "painting sculpture game videogame software system service app application platform website device console aircraft plane car model "
    "company firm brand band group ensemble team club party organisation organization institution foundation museum university college "
    "school character person individual man woman artist singer author writer painter composer actor actress network station protocol "
    "product magazine newspaper event festival suite tool framework language production title format event "
    "franchise opera kernel region peninsula".split()
)
"""Nouns that say what kind of thing the name behind them is: "the film Night Ferry"."""

OCCUPATIONS = frozenset(
    "accountant actor actress analyst architect artist assistant astronomer athlete attorney author baker banker barber barista bartender "
    "biologist bookkeeper botanist builder bus-driver butcher carpenter cashier chef chemist cleaner clerk coach composer consultant cook "
    "counselor counsellor curator dancer dentist designer detective developer dietitian director diver doctor driver economist editor "
    "electrician engineer entrepreneur farmer filmmaker firefighter fisherman florist founder freelancer gardener geologist guide "
    "hairdresser historian illustrator influencer instructor interpreter intern janitor jeweler journalist judge lab-technician landlord "
    "lawyer lecturer librarian lifeguard machinist magician manager marketer mathematician mechanic medic midwife model musician nanny "
    "nurse nutritionist officer optician painter paramedic pediatrician pharmacist philosopher photographer physician physicist "
    "physiotherapist pianist pilot planner plumber podcaster poet policeman policewoman politician potter principal producer professor "
    "programmer psychiatrist psychologist publisher realtor receptionist reporter researcher sailor salesman salesperson saleswoman "
    "scientist sculptor secretary seller singer social-worker sociologist soldier songwriter statistician student surgeon surveyor tailor "
    "teacher technician therapist trainer translator tutor vet veterinarian violinist waiter waitress welder woodworker worker writer "
    "youtuber zoologist ceo cto cfo cook drummer guitarist headmaster headteacher mayor senator minister president".split()
)
DIETS = frozenset("vegan vegetarian pescatarian pescetarian gluten-free lactose-free kosher halal keto".split())
CONDITIONS_OF_LIFE = frozenset(
    "single married divorced widowed engaged retired unemployed pregnant transgender gay lesbian bisexual queer nonbinary adopted "
    "left-handed colorblind colour-blind blind deaf diabetic autistic asthmatic dyslexic".split()
)
"""Adjectives that tell of a state of life rather than of a mood."""
AILMENTS = frozenset(
    "asthma diabetes cancer arthritis anxiety depression adhd autism migraine migraines epilepsy insomnia anemia dyslexia flu covid "
    "pneumonia eczema hypertension celiac tinnitus sciatica bronchitis".split()
)
HAVING = frozenset("have get adopt buy rescue foster own bring welcome".split())
"""Verbs by which someone comes to have what they name: "I adopted a dog"."""
NO_MORE = frozenset(("anymore", "longer", "more"))
PLACE_NOUNS = frozenset(
    "city town village country state island beach lake mountain mountains park museum zoo aquarium farm castle cabin coast "
    "countryside suburbs suburb neighborhood neighbourhood apartment flat house dorm hometown abroad capital forest desert "
    "river canyon waterfall temple church mosque gallery theater theatre cinema library mall stadium".split()
)
KNOWN_PLACES = frozenset(
    "ocean beach sea seaside outdoors mountains gym theater theatre cinema rain sun snow city countryside forest woods park "
    "moon stars sky water cold heat summer winter spring fall autumn morning mornings evenings news internet violin piano "
    "guitar drums cello trumpet".split()
)
"""What "the" points to without anything having been shown: "I love the sea"."""
WORK_NOUNS = frozenset("project work homework assignment task job skill thing game case topic subject instrument language course".split())
STRONG = frozenset(
    "organize organise launch build paint write publish bake create host raise donate design apply submit perform compete "
    "sell sign hire develop record teach coach repair renovate restore plant earn score injure break hurt travel camp rent "
    "adopt move pass fail enrol enroll qualify audition interview finalize finalise complete invent compose draw sculpt knit "
    "sew cook grow train volunteer fundraise establish found open close start quit cancel postpone propose celebrate receive "
    "accept join visit win lose crash steal rescue foster lead direct produce film edit release exhibit present pitch "
    "negotiate inherit invest buy purchase order upgrade fix redecorate decorate climb hike run".split()
)
"""Verbs of achievement and change: in the past their object alone makes a fact."""
GAINED = frozenset(
    "job deal degree promotion offer award tattoo surgery license licence scholarship contract sponsorship endorsement grant "
    "role raise internship certificate diploma car bike house apartment flat dog cat puppy kitten pet tournament exam test "
    "gig license visa mortgage loan appointment interview investor sponsor publisher agent customer client team business "
    "shop".split()
)
"""What it is worth knowing that someone got."""
TITLED = frozenset("read watch see play finish reread rewatch stream".split())
"""What one does with books, films and games, which are told by their titles."""
OWNED = frozenset(
    "car bike bicycle motorbike motorcycle van truck boat house apartment flat cabin farm shop store business restaurant "
    "cafe bakery studio garden guitar piano violin drum camera laptop tattoo collection telescope kayak tent caravan camper "
    "website blog channel company startup podcast garage balcony workshop script screenplay novel band clarinet saxophone "
    "necklace tablet".split()
)
"""Things that stay someone's."""
FANS = frozenset("supporter sucker follower admirer fan lover enthusiast addict geek nerd buff fanatic".split())
PASSIONS = frozenset("favorite favourite relief passion hobby love escape stress-buster obsession jam therapy".split())
AIMS = frozenset("dream goal plan hope ambition aim wish".split())
BARE_EVENTS = frozenset(
    "promote injure hurt hospitalize hospitalise accept reject graduate evacuate elect nominate vaccinate baptize baptise "
    "rob scam adopt deploy".split()
)
"""Passives that tell of an event by themselves: "I got promoted"."""
HABITUAL = frozenset("usually often regularly daily weekly always normally frequently mostly typically".split())
BUSINESSES = frozenset(
    "shop bakery cafe restaurant business company studio store startup farm hotel bar club team band choir charity school lab".split()
)
