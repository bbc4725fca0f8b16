-- Institutions of every kind that a pack may speak of.
alter table institution drop constraint institution_kind_check;
alter table institution add constraint institution_kind_check check (kind in ('occupational-health-service', 'radiation-health-service', 'health-examination', 'disease-diagnosis', 'radiation-medical', 'pneumoconiosis-rehabilitation', 'disease-control-centre', 'hospital'));
