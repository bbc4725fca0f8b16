-- The number of the document that ordered an amendment (来文文号), beside the clauses it rests on.
alter table amendment add column document text;
