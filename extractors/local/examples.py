"""Words that ask for a kind of thing ("which sports") and words that name one of it ("swimming"): general English."""

from collections.abc import Iterator, Mapping
from functools import cache

# Before the colon words that ask for a kind, after it words that name one; further lines of a kind are set in. A kind in capitals
# stands for all of its words.
_KINDS = """
sport, athletics: SPORTS
SPORTS: football soccer basketball baseball tennis golf hockey volleyball rugby cricket badminton swimming swim running run marathon
 cycling biking skiing ski snowboarding surfing skating skateboarding climbing hiking rowing gymnastics bowling softball lacrosse
 wrestling sailing kayaking fencing gym workout yoga FIGHTING
FIGHTING: karate judo taekwondo kickboxing boxing aikido kungfu jujitsu capoeira
martial: FIGHTING
exercise, workout, fitness: gym run running jog jogging yoga pilates cycling swimming swim weights lifting cardio walk hike hiking spin
 boxing kickboxing stretching bootcamp
outdoor, nature: hike hiking camping camp trail park beach mountain forest lake river kayaking climbing fishing garden gardening picnic
 sunset canoe woods waterfall
activity, hobby, pastime, leisure, interest: painting pottery drawing reading hiking camping swimming running dancing cooking baking
 gardening photography knitting fishing yoga gaming music singing writing crafts museum concert cycling skiing bowling picnic chess
 volunteering sewing woodworking surfing
relax, destress, stress, unwind, selfcare, calm: relaxing yoga meditation meditate walk reading bath running music therapy nature massage
 journaling spa pottery painting tea breathing nap escape
instrument: guitar piano violin drums cello flute saxophone trumpet clarinet ukulele harp keyboard bass harmonica banjo
music, genre: rock jazz pop classical country blues rap folk metal punk electronic reggae soul song band album concert piano guitar
artist, band, musician, singer: band concert singer album song tour gig rapper
pet, animal: dog cat puppy kitten pup hamster rabbit bunny parrot turtle fish guinea bird horse snake lizard kitty
book, novel, author: novel read reading story author series chapter memoir fantasy mystery biography poem library
movie, film, show: watched watch film series movie episode cinema documentary comedy thriller netflix trilogy
game: xbox playstation nintendo console gamer chess poker strategy multiplayer puzzle tournament board cards monopoly
food, dish, meal, cuisine, eat, recipe, cook: pasta pizza salad soup chicken rice bread sushi burger curry steak fish vegetables sandwich
 tacos noodles breakfast dinner lunch baked grilled roast stew lasagna DESSERTS
DESSERTS: cake cookies pie icecream chocolate brownie muffin pudding cupcake tart pastry sorbet cheesecake
dessert, sweet, snack, bake: DESSERTS
drink, beverage: coffee tea wine beer juice smoothie soda cocktail lemonade water
country, abroad, nation: england france italy spain germany japan china india mexico canada brazil australia ireland greece turkey thailand
 portugal sweden norway switzerland egypt kenya korea russia europe asia africa america
city, town: london paris rome tokyo york boston chicago seattle berlin barcelona madrid angeles francisco miami toronto sydney dublin
state: california texas florida washington oregon colorado arizona nevada georgia virginia carolina ohio michigan minnesota
 alaska utah
place, location, visit, travel, trip, vacation, holiday: trip travel beach mountain city museum park lake island hotel flight tour cabin
 castle forest country roadtrip vacation visited
family, relative: mother father mom dad sister brother son daughter wife husband kids children grandma grandmother grandfather grandpa
 aunt uncle cousin parents niece nephew
child, kid: son daughter baby kids toddler boy girl
parent: mother father mom dad mum
spouse, partner, relationship, marital, status: husband wife married single boyfriend girlfriend divorced breakup engaged wedding dating
 fiance widow
job, career, work, profession, occupation, employment: job work hired company office manager engineer teacher nurse business promotion
 intern boss career lawyer doctor banker coach writer developer designer startup fired
business, company: store shop studio startup brand customers launch customers
study, education, degree, school, major, field: university college degree class course graduate graduation exam school student certification
 psychology engineering biology teaching thesis
goal, dream, plan, aspiration, ambition: hope want planning dream goal aim someday wish
health, illness, medical, injury, condition: doctor hospital sick surgery pain injury injured allergy allergic asthma diabetes
 broken ankle knee diagnosis medication anxiety depression therapy flu fever
allergy, allergic: allergic allergy peanuts pollen dairy
emotion, feeling, feel, mood: happy sad proud excited nervous grateful anxious scared thrilled stressed upset relieved lonely thankful
personality, trait, character: kind thoughtful caring generous patient creative passionate brave driven determined honest authentic
support, help: support encourage encouragement friends family helped rock backing there
volunteer, volunteering, charity, community, cause: volunteer volunteered shelter charity donate donated fundraiser homeless nonprofit
 foodbank cleanup mentoring drive campaign
event, celebration, gathering: party festival parade wedding concert conference birthday fair workshop ceremony graduation meetup show
 exhibition race reunion gala
competition, contest, tournament, award, prize: won win competition tournament contest trophy medal prize award first champion finals
vehicle, car, transport: car truck bike bicycle motorcycle van bus train suv jeep
buy, bought, purchase, item, gift, present, own: bought buy new got purchased shoes dress necklace gift ring camera bag watch
 shirt jacket laptop phone
clothes, clothing, wear, outfit, fashion: dress shirt shoes jacket hoodie jeans skirt hat suit sweater sneakers boots
jewelry, symbol, accessory: necklace ring bracelet pendant cross flag heart tattoo earrings
art, artwork, craft, paint, painting, creative: painting painted drawing sculpture pottery sketch canvas watercolor portrait landscape
 sunset abstract photography mural clay bowl
photo, picture: picture photo pic image
technology, device, gadget: phone laptop computer tablet camera app software robot
color: red blue green yellow purple pink orange black white
weather, season: rain snow sunny storm summer winter spring autumn
friend: friend buddy pal mate
home, house, apartment: house apartment home flat moved rent room kitchen neighborhood
religion, faith, spiritual, church: church god faith pray prayer bible temple mosque
politics, political, belief, identity, orientation: transgender rights liberal conservative community pride vote election campaign
 queer gay lesbian
setback, challenge, problem, difficulty, struggle, obstacle, hardship: lost failed rejected injury tough hard struggle problem issue broke
 accident fire flood fired
collect, collection: collection collecting vintage stamps coins records sneakers
class, workshop, course, lesson: class workshop lesson signed course learning seminar
"""


@cache
def examples() -> Mapping[str, tuple[str, ...]]:
    """For each word that asks for a kind the words that name one of it, each once."""
    named = dict(_lines())
    found: dict[str, dict[str, None]] = {}
    for asked in named:
        for word in asked.split(", "):
            found.setdefault(word, {}).update(dict.fromkeys(_spelt_out(named[asked], named)))
    return {word: tuple(named_so) for word, named_so in found.items() if not word.isupper()}


def _lines() -> Iterator[tuple[str, list[str]]]:
    for line in _KINDS.strip().replace("\n ", " ").split("\n"):
        asked, _, words = line.partition(":")
        yield asked, words.split()


def _spelt_out(words: list[str], named: Mapping[str, list[str]]) -> Iterator[str]:
    for word in words:
        if word.isupper():
            yield from _spelt_out(named[word], named)
        else:
            yield word
