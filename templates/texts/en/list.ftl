list-pages = Pages
list-first-page = First page
list-next-page = Next page
list-waits-for-approval = Waits for approval
list-disabled = Disabled
list-will-be-deleted = Will be deleted
list-active = Active
