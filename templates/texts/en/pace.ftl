pace-throttled = Too many changes. Wait { $wait }, then try again.
