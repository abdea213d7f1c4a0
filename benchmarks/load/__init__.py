"""What it costs when two hundred assessors save at once, beside a plain Django view in the same run."""
