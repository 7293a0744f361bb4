/** Whether an update fits a vehicle: verdicts, the reasons for them, and what happens next. */
@NullMarked
package convoy.data.eligibility;

import org.jspecify.annotations.NullMarked;
