/** The job that checks the accuracy of the whole inventory. */
@NullMarked
package convoy.jobs.auditinventory;

import org.jspecify.annotations.NullMarked;
