-- Grain: one row per vehicle whose engine number another vehicle has too.
from shared_number('engine');
