-- What each status of an expected response counts for, from 0 (nobody) to 1 (in good hands), and its order.
-- The one place to change it. A later status never counts for more than an earlier one, so that learning of
-- another programme can never raise the rank of a gap.
--   covered        1     two or more actors at work and a funder known: it would outlive the loss of either
--   thin           0.5   it happens, and depends on one actor or on money that nobody accounts for
--   planned        0.25  intended; many proposals are never carried out
--   ended          0.1   not done now; experience and partners may be left
--   none-recorded  0     somebody looked and found nobody
--   no-source      0     nobody looked: no credit without evidence, and ordered after what is known to be missing
select *
from (
    values
        ('gap-status/covered', 1.0::double, 0),
        ('gap-status/thin', 0.5, 1),
        ('gap-status/planned', 0.25, 2),
        ('gap-status/ended', 0.1, 3),
        ('gap-status/none-recorded', 0.0, 4),
        ('gap-status/no-source', 0.0, 5)
) as credits(status, credit, position)
