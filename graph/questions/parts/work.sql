-- The engagements that the common parameters leave, whoever they are of: what `asked` is, apart from actor and role.
-- For questions that set actors beside one another, where taking one actor out would leave nothing to compare.
-- A presence is an engagement with one member of each of its sets: join place_of, domain_of, response_of and target_of
-- as far as the question needs them.
select *
from engagement
where
    ($place is null or place_set in (select place_set from place_of))
    and ($domain is null or domain_set in (select domain_set from domain_of))
    and ($response is null or response_set in (select response_set from response_of))
    and ($target is null or target_set in (select target_set from target_of))
    and ($dataset is null or list_contains($dataset::varchar[], dataset))
    and ($on is null or $on::date between from_date and to_date)
    and ($from is null or to_date >= $from::date)
    and ($to is null or from_date <= $to::date)
