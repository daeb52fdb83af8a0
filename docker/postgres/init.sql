-- Run once, by the image, on an empty data directory. Each service makes its own tables with Flyway.
CREATE DATABASE skald;
CREATE DATABASE shop;
