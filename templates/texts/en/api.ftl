api-title = API
api-document = The same for programs: <link>openapi.json</link>
api-bearer = Needs <code>Authorization: Bearer</code> with an access token.
api-parameters = Parameters
api-body = Body
api-needed = Needed.
api-answers = Answers
api-common = Answers that many calls have in common
