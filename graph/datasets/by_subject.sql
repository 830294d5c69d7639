-- The lines of a snapshot in the order of their subjects.
select line
from read_csv(
    $claims, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = chr(2), quote = '',
    escape = '', max_line_size = 4194304, compression = 'zstd'
)
order by line
