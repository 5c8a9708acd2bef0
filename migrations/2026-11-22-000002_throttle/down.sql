DROP TABLE devices;
DROP TABLE throttles;
