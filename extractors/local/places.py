"""Countries, continents and large cities that a small tagger often takes for something else, as data. Lower case."""

CONTINENTS = frozenset(("africa", "antarctica", "asia", "europe", "north america", "south america", "oceania", "australia"))
COUNTRIES = frozenset(
    "afghanistan albania algeria andorra angola argentina armenia austria azerbaijan bahrain bangladesh belarus belgium "
    "bolivia bosnia botswana brazil brunei bulgaria cambodia cameroon canada chile china colombia croatia cuba cyprus "
    "czechia denmark ecuador egypt england eritrea estonia ethiopia fiji finland france gabon georgia germany ghana greece "
    "greenland guatemala guinea haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan "
    "jordan kazakhstan kenya kosovo kuwait laos latvia lebanon liberia libya liechtenstein lithuania luxembourg madagascar "
    "malaysia mali malta mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal "
    "netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal "
    "qatar romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland "
    "syria taiwan tanzania thailand togo tunisia turkey uganda ukraine uruguay usa uzbekistan venezuela vietnam wales yemen "
    "zambia zimbabwe".split()
) | {"costa rica", "new zealand", "north macedonia", "saudi arabia", "south africa", "south korea", "sri lanka", "united kingdom", "uk"}
CITIES = frozenset(
    "aberdeen accra adelaide amsterdam ankara antwerp athens atlanta auckland austin baltimore bangalore bangkok barcelona "
    "basel beijing beirut belfast belgrade bergen berlin bern bilbao birmingham bogota bologna bordeaux boston braga "
    "bratislava bremen brighton brisbane bristol brooklyn brussels bucharest budapest cairo calgary cambridge cardiff "
    "casablanca chennai chicago cologne copenhagen cork dakar dallas delhi denver detroit doha dresden dubai dublin dundee "
    "dusseldorf edinburgh eindhoven faro florence frankfurt gdansk geneva genoa ghent glasgow gothenburg granada graz "
    "hamburg hanoi hanover havana helsinki houston innsbruck istanbul jakarta jerusalem kathmandu kyiv krakow kyoto lagos "
    "lausanne leeds leipzig leicester lille lima lisbon liverpool ljubljana lodz london lyon madrid malaga malmo manchester "
    "manhattan manila marrakesh marseille melbourne miami milan minneapolis montreal moscow mumbai munich nairobi nantes "
    "naples newcastle nice nottingham nuremberg odense oporto osaka oslo ottawa oxford palermo paris perth philadelphia "
    "phoenix porto portland prague quito rennes reykjavik riga rome rotterdam salzburg santiago sarajevo seattle seoul "
    "seville shanghai sheffield sofia split stockholm strasbourg stuttgart sydney taipei tallinn tampere tbilisi tehran "
    "tokyo toledo toronto toulouse trieste trondheim tunis turin turku utrecht valencia vancouver venice verona vienna "
    "vilnius warsaw wellington winnipeg wroclaw york zagreb zurich zürich málaga malmö".split()
) | {
    "addis ababa", "buenos aires", "cape town", "hong kong", "kuala lumpur", "las vegas", "los angeles", "mexico city", "new delhi",
    "new orleans", "new york", "new york city", "nyc", "rio de janeiro", "san diego", "san francisco", "sao paulo", "tel aviv", "the hague",
}  # fmt: skip
PLACES = CONTINENTS | COUNTRIES | CITIES
