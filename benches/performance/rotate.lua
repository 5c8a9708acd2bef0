-- Sends the cookies of a file in turn, one line each: wrk --script rotate.lua URL -- FILE
local requests, last = {}, 0

function init(arguments)
   for cookie in io.lines(arguments[1]) do
      wrk.headers["Cookie"] = cookie ~= "" and cookie or nil
      requests[#requests + 1] = wrk.format()
   end
end

function request()
   last = last % #requests + 1
   return requests[last]
end
