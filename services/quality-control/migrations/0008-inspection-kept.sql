-- What inspection has closed and sent of a year of colours: a correction lists it, for it stays as it is, with a note.
create table inspection_kept (
  jurisdiction text not null,
  year int not null,
  what text not null check (what in ('check-year-end', 'inspection-summary')),
  version int not null,
  told_at timestamptz not null,
  primary key (jurisdiction, year, what, version)
);
select protect_rows('inspection_kept', 'jurisdiction = :places');
