-- Add the caught subjects to the suspects, as far as they are of the target.
insert into suspect
select s from caught semi join target($classes, $properties, $everything) as target using (s)
