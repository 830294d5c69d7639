"""What generated IATI activities are about, where they are, and in which words."""

from datetime import date

FIRST_DAY = date(2004, 1, 1)
SIGNIFICANCE = "00000000111112"
"""Of the policy markers, one of which is drawn."""

ABOUT_TRAFFICKING = 0.04
"""Share of activities that say in their title or sector that they are about trafficking."""

COUNTRIES = (
    *("AF", "BD", "ET", "CD", "KE", "TZ", "UG", "MZ", "NG", "PK", "NP", "IN", "MM", "HT"),
    *("ML", "SD", "SS", "SO", "YE", "JO", "LB", "UA", "TJ", "KG", "UZ", "KZ", "TM", "GE"),
    *("AM", "AZ", "MD", "AL", "RS", "BA", "MK", "KH", "LA", "VN", "PH", "ID", "LK", "PG"),
    *("FJ", "GT", "HN", "SV", "NI", "CO", "PE", "BO", "EC", "BR", "MX", "DO", "ZA", "ZM"),
    *("ZW", "MW", "RW", "BI", "SN", "BF", "NE", "TD", "CM", "CF", "GH", "CI", "LR", "SL"),
    "GN",
)
REGIONS = ("298", "289", "298", "589", "619", "679", "798", "998", "489", "380", "88")
KNOWN = tuple(f"XM-DAC-{channel}" for channel in (41114, 41122, 41121, 47066, 41302, 41128, 47131))
SECTORS = (
    *("12220", "11220", "14030", "15170", "31120", "15150", "72010", "12263", "13040", "15110", "16010"),
    *("11120", "43040", "15160", "31161", "24030", "15220", "72040", "12240", "11330", "14050", "41010"),
    *("15130", "23210", "21020", "25010", "32130", "73010", "93010", "99810", "16020", "12191", "13020"),
    *("31110", "15113", "15142", "16050", "15112", "22010", "33110", "11320", "12110", "12262", "14010"),
    *("14031", "15111", "15153", "15180", "15190", "15210", "15240", "15250", "16070", "33120"),
)
TRAFFICKING = ("16063", "15180", "15190", "15240", "31165", "43050")
WORKS = (
    *("Primary education", "Rural water supply", "Basic health care", "Feeder roads", "School meals", "Soil care"),
    *("Election support", "Seed distribution", "Tuberculosis control", "Decentralisation", "Teacher training"),
    *("Emergency shelter", "Cash transfers", "Statistics reform", "Power lines", "Fisheries", "Urban transport"),
)
SPOKEN = {
    "fr": ("Appui à {0} ({1})", "Ce projet finance {0} dans {1} régions pendant {2} mois."),
    "es": ("Apoyo a {0} ({1})", "El proyecto financia {0} en {1} regiones durante {2} meses."),
    "ru": ("Поддержка: {0} ({1})", "Проект финансирует {0} в {1} районах в течение {2} месяцев."),
}
ABOUT = (
    "The activity finances {0} in {1} districts over {2} months. ",
    "It works through local partners, who report every quarter on what was reached & what it cost. ",
    "Women's groups and schools choose the sites together with the districts. ",
    "An evaluation of the earlier phase found that upkeep had been planned for < half of them. ",
)
CURRENCIES = ("USD", "USD", "EUR", "EUR", "GBP", "SEK", "CAD", "CHF", "NOK", "JPY")
TYPES = ("1", "2", "3", "3", "3", "3", "4", "11")
