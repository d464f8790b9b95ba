"""Words that ask for a kind of thing ("which sports") and words that name one of it ("swimming"): general English."""

from collections.abc import Iterator, Mapping
from functools import cache

# Before the colon words that ask for a kind, after it words that name one; further lines of a kind are set in. A kind in capitals
# stands for all of its words.
_KINDS = """
sport, athletics: SPORTS
SPORTS: football soccer basketball baseball tennis golf hockey volleyball rugby cricket badminton swimming swim running run marathon
 cycling biking skiing ski snowboarding surfing skating skateboarding climbing hiking rowing gymnastics bowling softball lacrosse
 wrestling sailing kayaking fencing gym workout yoga padel squash pickleball polo archery darts racing triathlon diving snorkeling
 paddleboarding windsurfing canoeing horseback equestrian sprint relay trampoline parkour bouldering cheerleading ballet ultimate frisbee
 skate FIGHTING
FIGHTING: karate judo taekwondo kickboxing boxing aikido kungfu jujitsu jitsu capoeira mma muay sambo
martial: FIGHTING
exercise, workout, fitness: gym run running jog jogging yoga pilates cycling swimming swim weights lifting cardio walk hike hiking spin
 boxing kickboxing stretching bootcamp
water: swim swimming surfing sailing kayaking rafting snorkeling diving paddleboarding fishing rowing canoe yacht boat springs
physical: SPORTS hike hiking walk walking dance dancing
outdoor, nature: hike hiking camping camp trail park beach mountain forest lake river kayaking climbing fishing garden gardening picnic
 sunset canoe woods waterfall
activity, hobby, pastime, leisure, interest, spend: painting pottery drawing reading hiking camping swimming running dancing cooking
 baking gardening photography knitting fishing yoga gaming music singing writing crafts museum concert cycling skiing bowling picnic chess
 volunteering sewing woodworking surfing coding blogging podcast puzzles karaoke movies theater shopping traveling crochet origami
 birdwatching astronomy poetry basketball football tennis brunch barbecue
relax, destress, stress, unwind, selfcare, calm: relaxing yoga meditation meditate walk reading bath running music therapy nature massage
 journaling spa pottery painting tea breathing nap escape
sing, dance, perform: choir stage show band ballet salsa hiphop ballroom recital audition performance
instrument: guitar piano violin drums cello flute saxophone trumpet clarinet ukulele harp keyboard bass harmonica banjo
music: rock jazz pop classical country blues rap folk metal punk electronic reggae soul song band album concert piano guitar
artist, band, musician, singer: band concert singer album song tour gig rapper
pet, animal: dog cat puppy kitten pup hamster rabbit bunny parrot turtle fish guinea bird horse snake lizard kitty
genre: fantasy mystery thriller comedy horror romance drama documentary fiction nonfiction biography jazz rock pop classical
book, novel, author: novel read reading story author series chapter memoir fantasy mystery biography poem library
movie, film, show: watched watch film series movie episode cinema documentary comedy thriller netflix trilogy
game: xbox playstation nintendo console gamer chess poker strategy multiplayer puzzle tournament board cards monopoly
food, dish, meal, cuisine, eat, recipe, cook: pasta pizza salad soup chicken rice bread sushi burger curry steak fish vegetables sandwich
 tacos noodles breakfast dinner lunch baked grilled roast stew lasagna salmon tuna seafood shrimp lobster beef pork lamb ham bacon turkey
 sausage eggs omelette cheese beans tofu potatoes fries risotto ravioli gnocchi carbonara pesto ramen pho curries dumplings poke ceviche
 paella falafel hummus kebab burrito quesadilla nachos guacamole avocado toast pancakes waffles oatmeal granola yogurt smoothie fruit
 berries sauce DESSERTS
DESSERTS: cake cookies pie icecream chocolate brownie muffin pudding cupcake tart pastry sorbet cheesecake tiramisu macarons donuts gelato
 cinnamon candy cream
ingredient: flour sugar butter eggs milk cream salt pepper garlic onion oil cup tbsp tsp teaspoon tablespoon grams
diet, healthy, nutrition: vegan vegetarian salad vegetables fruit protein smoothie snacks soda sugar calories water gluten dairy keto
 dessert dieting
dessert, sweet, snack, bake: DESSERTS
drink, beverage: coffee tea wine beer juice smoothie soda cocktail lemonade water
COUNTRIES: afghanistan albania algeria argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium
 belize bolivia bosnia botswana brazil britain bulgaria cambodia cameroon canada chile china colombia congo croatia cuba cyprus czech
 denmark dominican ecuador egypt england estonia ethiopia fiji finland france georgia germany ghana greece guatemala haiti honduras
 hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya korea kuwait laos latvia lebanon
 libya lithuania luxembourg madagascar malaysia maldives malta mauritius mexico moldova monaco mongolia montenegro morocco mozambique
 myanmar namibia nepal netherlands holland zealand nicaragua nigeria norway oman pakistan panama paraguay peru philippines poland portugal
 qatar romania russia rwanda scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan sweden switzerland syria
 taiwan tanzania thailand tunisia turkey uganda ukraine emirates uk uruguay usa venezuela vietnam wales yemen zambia zimbabwe
CITIES: amsterdam athens atlanta auckland austin baltimore bangkok barcelona beijing belgrade berlin bogota boston brisbane brussels
 bucharest budapest cairo calgary chicago cleveland copenhagen dallas delhi denver detroit dubai dublin edinburgh florence frankfurt
 geneva glasgow hamburg havana helsinki honolulu houston istanbul jakarta jerusalem johannesburg kyoto lagos lima lisbon liverpool london
 angeles vegas madrid manchester manila marrakesh melbourne miami milan minneapolis montreal moscow mumbai munich nairobi naples nashville
 york orlando orleans osaka oslo ottawa paris philadelphia phoenix pittsburgh portland porto prague rio rome antonio diego francisco jose
 santiago seattle seoul shanghai stockholm sydney taipei tampa tokyo toronto turin valencia vancouver venice verona vienna warsaw
 washington zurich downtown
STATES: alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas
 kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey carolina
 dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming
REGIONS: europe asia africa america caribbean bali hawaii scandinavia alps mediterranean balkans
country, nation: COUNTRIES CITIES
abroad, continent, overseas: COUNTRIES REGIONS
city, town: CITIES
state, region, area: STATES coast
place, location, visit, travel, trip, vacation, holiday, destination, landmark, attraction: trip travel beach mountain city museum park
 lake island hotel flight tour cabin castle forest country roadtrip vacation visited cathedral church canyon waterfall monument temple
 ruins resort cruise airbnb COUNTRIES CITIES STATES REGIONS
bar, restaurant, cafe: bar lounge pub club rooftop speakeasy brewery winery restaurant cafe diner bistro brunch cocktails
family, relative: mother father mom dad sister brother son daughter wife husband kids children grandma grandmother grandfather grandpa
 aunt uncle cousin parents niece nephew
child, kid: son daughter baby kids toddler boy girl
parent: mother father mom dad mum
spouse, partner, relationship, marital, status: husband wife married single boyfriend girlfriend divorced breakup engaged wedding dating
 fiance widow
job, career, work, profession, occupation, employment, living, role: job work hired company office manager engineer teacher nurse business
 promotion intern boss career lawyer doctor banker coach writer developer designer startup fired internship interning freelance barista
 waitress accountant architect scientist programmer journalist photographer actor police firefighter salesman assistant counselor
 therapist
business, company: store shop studio startup brand customers launch customers
promote, advertise, marketing: ads advertising campaign marketing website instagram flyers influencers sponsor collaborate collab media
 videos posters event networking
study, education, degree, school, major, field, subject, learn: university college degree class course graduate graduation exam school
 student certification psychology engineering biology teaching thesis law medicine nursing economics finance accounting history literature
 philosophy physics chemistry math science computer programming linguistics sociology politics journalism architecture art languages
language: english spanish french german italian portuguese chinese mandarin japanese korean arabic russian hindi latin greek
goal, dream, plan, aspiration, ambition: hope want planning dream goal aim someday wish
health, illness, medical, injury, condition: doctor hospital sick surgery pain injury injured allergy allergic asthma diabetes broken
 ankle knee diagnosis medication anxiety depression therapy flu fever
allergy, allergic: allergic allergy peanuts pollen dairy
emotion, feeling, feel, mood: happy sad proud excited nervous grateful anxious scared thrilled stressed upset relieved lonely thankful
personality, trait, character, attribute, describe, quality: kind thoughtful caring generous patient creative passionate brave driven
 determined honest authentic
support, help: support encourage encouragement friends family helped rock backing there
volunteer, volunteering, charity, community, cause: volunteer volunteered shelter charity donate donated fundraiser homeless nonprofit
 foodbank cleanup mentoring drive campaign
event, celebration, gathering, attend: party festival parade wedding concert conference birthday fair workshop ceremony graduation meetup
 show exhibition race reunion gala protest march rally speech talk marathon auction drive tournament seminar retreat group meeting
 carnival ball premiere
competition, contest, tournament, award, prize: won win competition tournament contest trophy medal prize award first champion finals
vehicle, car, transport: car truck bike bicycle motorcycle van bus train suv jeep
buy, bought, purchase, item, gift, present, own: bought buy purchased shoes dress necklace gift ring camera bag watch shirt jacket laptop
 phone
clothes, clothing, wear, outfit, fashion: dress shirt shoes jacket hoodie jeans skirt hat suit sweater sneakers boots
appearance, look, hair, beauty, cosmetic, makeup, skincare: hair blonde brunette dye dyed haircut nails manicure makeup lipstick mascara
 skincare skin moisturizer shampoo conditioner serum sunscreen curly straight tall tattoo glasses
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
politics, political, belief, identity, orientation: transgender rights liberal conservative community pride vote election campaign queer
 gay lesbian
unpleasant, sad, bad, loss: died passed lost breakup divorce accident sick injured fired funeral death ex
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
