@NullMarked
package convoy.jobs.resubmit;

import org.jspecify.annotations.NullMarked;
