-- The subjects of the target.
select s from target($classes, $properties, $everything) as target
