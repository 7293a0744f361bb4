/** Vehicles and ECUs as plants export them: facts, rules for a row, and what a row becomes. */
@NullMarked
package convoy.data.vehicle;

import org.jspecify.annotations.NullMarked;
