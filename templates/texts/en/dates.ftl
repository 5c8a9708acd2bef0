# Days and moments. The signs \u00A0 are spaces at which no line breaks.
dates-day = { $day }{ "\u00A0" }{ $month }{ "\u00A0" }{ $year }
dates-moment = { $day }, { $hour }:{ $minute }{ "\u00A0" }UTC
dates-january = January
dates-february = February
dates-march = March
dates-april = April
dates-may = May
dates-june = June
dates-july = July
dates-august = August
dates-september = September
dates-october = October
dates-november = November
dates-december = December
