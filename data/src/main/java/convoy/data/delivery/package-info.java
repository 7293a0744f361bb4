/**
 * What the files of the outbox are to those who fetch them: their order, and what their names fix.
 */
@NullMarked
package convoy.data.delivery;

import org.jspecify.annotations.NullMarked;
