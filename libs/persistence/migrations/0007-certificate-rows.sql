-- A certificate is seen where it was decided, and by whom it is about.
select protect_rows('certificate', ':stranger or jurisdiction = :places or about && :body_list', ':command');
