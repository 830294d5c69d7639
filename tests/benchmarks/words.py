"""Names and titles: made up, and every effort can be told twice without using the same words."""

from tests.benchmarks.dice import Dice

SOUNDS = (("bfgmnprstvz", "ao"), ("kl", "aou"), ("d", "ae"), ("y", "a"), ("h", "i"))
SYLLABLES = [start + vowel for starts, vowels in SOUNDS for start in starts for vowel in vowels]
SCRAMBLED = 0x9E3779B1

RESPONSES = {
    "training": ("training", "capacity building"),
    "awareness": ("awareness raising", "information campaigns"),
    "victim-support": ("victim support", "shelter and assistance to survivors"),
    "border-management": ("border management", "frontier controls"),
    "legislation": ("legislation", "law drafting"),
    "interdiction": ("interdiction", "seizure operations"),
    "research": ("research", "studies and surveys"),
    "information-exchange": ("information exchange", "sharing of intelligence"),
    "economic-opportunity": ("economic opportunity", "jobs and small loans"),
    "demand-reduction": ("demand reduction", "lowering consumption"),
    "investigation": ("investigation", "detective work"),
    "stockpile-management": ("stockpile management", "safe depots"),
    "anti-corruption": ("anti-corruption", "integrity of officials"),
    "legal-aid": ("legal aid", "free counsel"),
    "alternative-development": ("alternative development", "licit crops"),
    "coordination": ("coordination", "joint planning"),
    "weapons-collection": ("weapons collection", "gathering in of guns"),
    "police-reform": ("police reform", "modern policing"),
    "judicial-reform": ("judicial reform", "fairer courts"),
    "export-control": ("export control", "licensing of shipments"),
    "drug-treatment": ("drug treatment", "clinics for addicts"),
    "equipment": ("equipment", "vehicles and scanners"),
    "monitoring": ("monitoring", "regular reporting"),
    "legal-migration": ("legal migration", "lawful ways abroad"),
    "education": ("education", "schooling"),
    "return-and-reintegration": ("return and reintegration", "coming home safely"),
    "witness-protection": ("witness protection", "safety of those who testify"),
    "civil-society-support": ("civil society support", "grants to associations"),
    "crop-control": ("crop control", "poppy surveys and removal"),
    "trade-facilitation": ("trade facilitation", "easier crossing for traders"),
}
TARGETS = {
    "police": ("police", "officers on the beat"),
    "victims": ("victims", "survivors"),
    "border-guards": ("border guards", "frontier troops"),
    "women": ("women", "women and girls"),
    "young-people": ("young people", "youth"),
    "customs": ("customs", "customs houses"),
    "judiciary": ("the judiciary", "judges and courts"),
    "migrants": ("migrants", "people on the move"),
    "general-public": ("the general public", "citizens"),
    "law-enforcement": ("law enforcement", "enforcement bodies"),
    "ngos": ("NGOs", "civil associations"),
    "drug-users": ("drug users", "dependent people"),
    "lawyers": ("lawyers", "the bar"),
    "lawmakers": ("lawmakers", "parliaments"),
    "children": ("children", "minors"),
    "governments": ("governments", "public administrations"),
    "farmers": ("farmers", "rural households"),
    "journalists": ("journalists", "the press"),
}
DOMAINS = {
    "drugs": ("drugs", "narcotics"),
    "persons": ("trafficking in persons", "modern slavery"),
    "small-arms": ("small arms", "pistols and rifles"),
    "heroin": ("heroin", "opiates"),
    "sexual-exploitation": ("sexual exploitation", "forced prostitution"),
    "forced-labour": ("forced labour", "bonded work"),
    "arms": ("arms", "weapons"),
    "precursors": ("precursors", "chemicals for drug making"),
    "migrant-smuggling": ("migrant smuggling", "smuggled travellers"),
    "opium": ("opium", "poppy products"),
    "light-weapons": ("light weapons", "machine guns and launchers"),
    "wildlife": ("wildlife", "protected species"),
}
FIRST = (
    "{response} for {target} in {place}",
    "{place}: {response} against {domain}",
    "Support to {target} in {place} through {response}",
    "{response} and {domain} in {place}",
    "Strengthening {response} in {place}",
)
SECOND = (
    "Assistance with {response}, {place}",
    "Project on {domain} ({place}): {response}",
    "{target} of {place} – {response}",
    "Helping {place} to answer {domain} by {response}",
)


def name(number: int) -> str:
    """A made-up name; different numbers below 2 ** 20 have different ones."""
    scrambled = number * SCRAMBLED % (1 << 20)
    return "".join(SYLLABLES[scrambled >> shift & 31] for shift in (15, 10, 5, 0)).capitalize()


def title(
    dice: Dice,
    place: str,
    domain: str | None,
    response: str | None,
    target: str | None,
    own: str | None,
    telling: int = 0,
) -> str:
    """What a programme is called; telling 1 uses other words for the same than telling 0. `own` is its own name."""
    told = dice.pick(SECOND if telling else FIRST).format(
        place=place or "several countries",
        domain=DOMAINS.get(domain or "", ("trafficking", "illicit trade"))[telling],
        response=_worded(response, telling),
        target=TARGETS.get(target or "", ("all concerned", "those affected"))[telling],
    )
    told = told[0].upper() + told[1:]
    if own is None:
        return told
    return f'"{own}": {told}' if telling else f"{told} ({own})"


def _worded(response: str | None, telling: int) -> str:
    if response is None:
        return ("joint work", "common action")[telling]
    plain = response.replace("-", " ")
    return RESPONSES.get(response, (plain, f"measures of {plain}"))[telling]
