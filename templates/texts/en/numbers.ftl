# What stands between the thousands of a number: 1,234,567.
numbers-thousands = ,
