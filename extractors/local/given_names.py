"""Common given names by the gender that "he" and "she" follow, as data."""

FEMALE_NAMES = frozenset(
    "abby abigail ada adele agnes aisha alexa alexandra alice alicia alina alison alma amanda amber amelia amina amy ana "
    "anastasia andrea angela angelina anita ann anna anne annie anya april ariana asha ashley astrid audrey aurora ava "
    "barbara beatrice becky bella beth bethany betty bianca bonnie brenda bridget brooke camila camille cara carla carmen "
    "carol caroline carolyn carrie cassandra catherine cecilia celia charlotte chelsea chiara chloe christina christine "
    "cindy claire clara claudia colleen cora courtney crystal cynthia daisy dana daniela daphne deborah debra delia delphine "
    "denise diana diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elif elisa elise eliza elizabeth "
    "ella ellen ellie elsa emilia emily emma erica erika erin esme esther eva eve evelyn faith fatima fatma felicia fiona "
    "flora florence frances francesca freya gabriela gabriella gail georgia gina giulia gloria grace greta hana hanna hannah "
    "harriet hazel heather heidi helen helena hilda holly hope ida ines ingrid irene iris irma isabel isabella ivy jackie "
    "jane janet janice jasmine jean jenna jennifer jenny jess jessica jill joan joanna joanne josephine joy joyce judith "
    "judy julia juliana julie juliet june kaitlyn karen karin kate katherine kathleen kathryn kathy katie katrina kayla "
    "kelly kendra kim kirsten kristen kristin laila lara laura lauren layla lea leah leila lena leonie leslie lila lily lina "
    "linda lindsay lisa liz liza lola lorena lorraine louisa louise lucia lucy luisa luna lydia lynn mabel madison mae "
    "maggie maja mara margaret maria mariam marie marina marion marisa marjorie marta martha martina mary matilda maya megan "
    "mei melanie melissa meredith mia michelle mila mildred mina miranda miriam molly monica nadia nancy naomi natalia "
    "natalie natasha nia nicole nina nora norma olga olive olivia paige pamela paola patricia paula pauline penelope penny "
    "petra phoebe pia polly priya rachel ramona rebecca regina renata renee rhonda rita roberta rosa rosalind rose rosie "
    "roxanne ruby ruth sabrina sadie sally samantha sandra sara sarah savannah selena selma serena shannon sharon sheila "
    "shirley silvia simone sofia sofie sonia sonja sophia sophie stacy stella stephanie sue susan susanna suzanne svetlana "
    "sylvia tamara tania tanya tara tatiana teresa tessa thea theresa tiffany tina tracy trish ursula valentina valerie "
    "vanessa vera veronica vicky victoria viola violet virginia vivian wanda wendy willow yara yasmin yolanda yuki yvonne "
    "zara zoe zofia".split()
)
MALE_NAMES = frozenset(
    "aaron abdul abraham adam adrian ahmed aidan alan albert alberto alejandro alessandro alexander alfred ali allan allen "
    "alvin amir anders andre andreas andrew andy anthony antoine antonio archie armand arnold arthur asher austin axel barry "
    "ben benedict benjamin bernard bill billy björn bob bobby boris brad bradley brandon brendan brent brett brian bruce "
    "bruno bryan byron caleb calvin cameron carl carlos cedric chad charles charlie chester christian christopher clarence "
    "clark claude clifford clyde cole colin connor conrad corey craig curtis cyril dale damian damien dan daniel danny "
    "darius darren dave david dean dennis derek derrick diego dieter dimitri dmitri dominic don donald douglas drew duncan "
    "dustin dylan earl ed eddie edgar edmund eduardo edward edwin eli elias elijah elliot elmer emil enrique eric erik "
    "ernest ethan eugene evan fabian felix ferdinand fernando filip finn florian floyd francesco francis francisco frank "
    "franklin fred frederick fritz gabriel gareth gary gavin geoff geoffrey george gerald gerard gilbert giovanni glen glenn "
    "gordon graham grant greg gregory guido gunnar gustav guy hank hans harold harry harvey hassan hector henrik henry "
    "herbert herman howard hugh hugo ian ibrahim igor isaac ivan jack jacob jaime jake jakob jamal james jan jared jason "
    "javier jay jeff jeffrey jens jeremiah jeremy jerome jerry jesse jim jimmy joachim joaquin joe joel johan johannes john "
    "johnny jon jonas jonathan jorge josef jose joseph josh joshua juan julian julien julio justin kai karl keith ken "
    "kenneth kevin kirk kurt kyle lance larry lars laurence lawrence lee leif leo leon leonard leroy levi lewis liam lionel "
    "lloyd logan lorenzo louis luca lucas luis luka luke lukas magnus malcolm manuel marc marcel marco marcus mario mark "
    "markus marshall martin marvin mason mateo mathias matt matteo matthew maurice mauricio max maxim mehmet melvin michael "
    "miguel mike mikhail milan miles milo milton mitch mitchell mohamed mohammed moritz morris moses murray nathan nathaniel "
    "neil nelson nicholas nick nico nicolas niels nigel niklas nikolai nils noah noel norman oliver olivier omar oscar oskar "
    "otto owen pablo patrick paul pedro per perry pete peter phil philip philippe pierre preston quentin rafael ralph ramon "
    "randall randy raphael rashid raul ravi ray raymond reginald rene ricardo richard rick robert roberto rodney roger "
    "roland roman ron ronald rory ross roy ruben rudolf rupert russell ryan salvatore samir samuel sanjay santiago scott "
    "sean sebastian serge sergei sergio seth shane shaun shawn sidney simon spencer stan stanley stefan stefano stephen "
    "steve steven stuart sven ted terry theo theodore thomas tim timothy tobias todd tom tomas tommy tony travis trevor "
    "tristan tyler umberto uwe victor vincent vladimir wade wallace walter warren wayne wesley wilhelm will willem william "
    "willie winston wolfgang xavier yannick yusuf zachary".split()
)
UNMARKED_NAMES = frozenset(
    "alex andi ash bailey blair casey charlie chris dakota devon drew eden elliot emery finley frankie harper hayden jamie jo jordan jules "
    "kelly kendall lou mel morgan nicky noor parker pat quinn reese remy riley robin rowan sam sasha shay skyler sydney taylor toni".split()
)
GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES | UNMARKED_NAMES


def gender_of(name: str) -> str | None:
    """ "f" or "m" for a name whose first word is commonly one of them, else None."""
    first = name.split()[0].lower() if name.split() else ""
    if first in UNMARKED_NAMES:
        return None
    return "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else None
