-- An objection that was to be changed, and of which nothing was changed, is answered again: its result is kept. Both answers stay.
alter table objection_word drop constraint objection_word_what_check;
alter table objection_word add constraint objection_word_what_check check (what in ('raised', 'answered', 'kept-after-all'));
