/** The job that opens the kept images again and stops the campaigns of those that are not whole. */
@NullMarked
package convoy.jobs.verifyimages;

import org.jspecify.annotations.NullMarked;
