-- The lines of the snapshot $claims about the subjects that are to be judged, in the order of their subjects.
select line
from read_csv(
    $claims, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = chr(2), quote = '',
    escape = '', max_line_size = 4194304, compression = 'zstd'
)
semi join suspect on suspect.s = md5_number(substr(line, 2, strpos(line, '>') - 2))
order by line
