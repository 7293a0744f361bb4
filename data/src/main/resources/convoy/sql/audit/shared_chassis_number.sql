-- Grain: one row per vehicle whose chassis number another vehicle has too.
from shared_number('chassis');
