import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I'm planning to move to Valencia in February.", ["Ada | plans | move to Valencia | until February 2025"]),
        ("I'm going to adopt a dog in August.", ["Ada | plans | adopt a dog | until August 2024"]),
        ("I want to open a bicycle workshop.", ["Ada | wants | open a bicycle workshop"]),
        ("I might go to Porto next weekend.", ["Ada | plans | go to Porto | until the weekend of 20 July 2024"]),
        ("I'm thinking of opening a bakery next year.", ["Ada | plans | open a bakery | until 2025"]),
        ("I'd love to visit Japan.", ["Ada | wants | visit Japan"]),
        ("I'm moving to Oslo next month.", ["Ada | moved_to | Oslo | August 2024"]),
        ("I'm moving to Oslo.", ["Ada | plans | move to Oslo"]),
        ("I start at Larkfield Labs on 1 August.", ["Ada | works_at | Larkfield Labs | 1 August 2024"]),
        ("I'm getting married on 3 August.", ["Ada | married_to | Ada's partner | 3 August 2024"]),
        ("I'm not moving to Montreal after all.", ["Ada | dropped_plan | move to Montreal"]),
        ("My dream is to open a bakery.", ["Ada | wants | open a bakery"]),
        ("I'm organizing a charity concert next month.", ["Ada | plans | organize a charity concert | until August 2024"]),
        ("I decided to adopt a cat.", ["Ada | plans | adopt a cat"]),
        ("I've always wanted to visit Japan.", ["Ada | wants | visit Japan"]),
        ("I want a dog.", ["Ada | wants | dog"]),
    ],
)
def test_intent_makes_plans_and_wishes_wants(text: str, lines: list[str]) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I've lived in Leeds since 2019.", ["Ada | lives_in | Leeds | since 2019"]),
        ("I've lived in Leeds for three years.", ["Ada | lives_in | Leeds | since 2021"]),
        ("I lived in Ghent from 2010 to 2014.", ["Ada | lives_in | Ghent | 2010 | until 2014"]),
        ("I lived in Ghent until 2014.", ["Ada | lives_in | Ghent | until 2014"]),
        ("I lived in Ghent until this month.", ["Ada | lives_in | Ghent | over | until July 2024"]),
        ("Mia resided in Ghent until today.", ["Mia | lives_in | Ghent | over | until 10 July 2024"]),
        ("I live in Ghent until this month.", ["Ada | lives_in | Ghent | until July 2024"]),
        ("I had a boat until 2030.", ["Ada | owns | boat | until 2030"]),
        ("I'm based out of Ghent these days.", ["Ada | lives_in | Ghent"]),
        ("My new flat is in Ghent.", ["Ada | lives_in | Ghent"]),
        ("My old flat is in Ghent.", []),
        ("I've gone vegetarian.", ["Ada | diet | vegetarian"]),
        ("I became vegan in 2020.", ["Ada | diet | vegan | 2020"]),
        ("My last day at Larkfield Labs was 12 March.", ["Ada | works_at | Larkfield Labs | not | 12 March 2024"]),
        ("My last day in Ghent was great.", []),
        ("My last day at the beach was Friday.", []),
        ("I never stopped working at Larkfield Labs.", []),
        ("I was promoted to senior engineer.", ["Ada | works_as | senior engineer"]),
        ("Mia started school at Larkfield School.", ["Mia | studies_at | Larkfield School"]),
        ("I'm staying in Ghent until Friday.", ["Ada | stays_in | Ghent | until 12 July 2024"]),
        ("I used to live in Rome.", ["Ada | lives_in | Rome | over"]),
        ("I lived in Rome.", ["Ada | lives_in | Rome | over"]),
        ("I don't work at Larkfield Labs any more.", ["Ada | works_at | Larkfield Labs | over"]),
        ("I no longer live in Rome.", ["Ada | lives_in | Rome | over"]),
        ("I stopped working at Larkfield Labs in May.", ["Ada | works_at | Larkfield Labs | not | May 2024"]),
        ("I don't like olives.", ["Ada | dislikes | olives"]),
        ("I started playing the cello in 2018.", ["Ada | plays | cello | 2018"]),
        ("I don't drink coffee anymore.", ["Ada | drink | coffee | over"]),
        ("I work at Larkfield Labs now.", ["Ada | works_at | Larkfield Labs"]),
    ],
)
def test_tense_decides_since_when_and_until_when(text: str, lines: list[str]) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I visited Rome and Florence last year.", ["Ada | visited | Rome | 2023", "Ada | visited | Florence | 2023"]),
        ("I'm a nurse and I live in Kiel.", ["Ada | works_as | nurse", "Ada | lives_in | Kiel"]),
        ("I met Sam at a concert on Friday.", ["Ada | met | Sam | 5 July 2024"]),
        ("My dog is 3 years old.", ["Ada's dog | pet_of | Ada", "Ada's dog | age | 3"]),
        (
            "My sister and I visited Rome in May.",
            ["Ada's sister | sibling_of | Ada", "Ada's sister | visited | Rome | May 2024", "Ada | visited | Rome | May 2024"],
        ),
        ("I think Dana works at Larkfield Labs.", ["Dana | works_at | Larkfield Labs"]),
        ("Dana told me that she moved to Oslo.", ["Dana | moved_to | Oslo"]),
        ("She said she moved to Rome.", []),
        ("I run a bakery.", ["Ada | head_of | bakery"]),
        ("I was diagnosed with asthma last year.", ["Ada | has_condition | asthma | 2023"]),
        ("My mom is a doctor.", ["Ada's mom | works_as | doctor"]),
        ("I have two brothers.", ["Ada's brothers | sibling_of | Ada"]),
        ("I have a beautiful garden.", ["Ada | owns | beautiful garden"]),
        ("I got a puppy for my birthday.", ["Ada's puppy | pet_of | Ada", "Ada | get | Ada's puppy"]),
        ("I'm working on a novel.", ["Ada | works_on | novel"]),
        ("I teach at Ghent University.", ["Ada | works_at | Ghent University"]),
        ("I'm 30 years old.", ["Ada | age | 30"]),
        ("My email is ada@example.org.", ["Ada | email | ada@example.org"]),
        ("My phone number is 555 0101.", ["Ada | phone | 555 0101"]),
        ("I speak French and German.", ["Ada | speaks | French", "Ada | speaks | German"]),
        ("My favorite color is green.", ["Ada | favorite_color | green"]),
        ("I enjoy cooking for friends.", []),
        ("I don't enjoy parties.", ["Ada | dislikes | parties"]),
        ("I never liked olives.", []),
        ("I stopped playing the cello.", ["Ada | plays | cello | over"]),
        ("I used to play the cello.", ["Ada | plays | cello | over"]),
        ("I take dance lessons every Tuesday.", ["Ada | take | dance lessons"]),
        (
            "My brother is moving to Oslo in September.",
            ["Ada's brother | sibling_of | Ada", "Ada's brother | moved_to | Oslo | September 2024"],
        ),
    ],
)
def test_several_readings_of_one_message(text: str, lines: list[str]) -> None:
    assert told(text) == lines
