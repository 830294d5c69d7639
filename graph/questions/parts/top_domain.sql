-- Each domain with the broadest one that it belongs to: heroin with drugs.
select concept as domain, ancestor as top
from concept_within
where
    ancestor in (select id from concept where scheme = 'domain')
    and ancestor not in (select concept from concept_within where depth > 0)
