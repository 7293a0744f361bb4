/** Sends rejected rows and refused files into the inbox again. */
@NullMarked
package convoy.jobs.resubmit;

import org.jspecify.annotations.NullMarked;
