@NullMarked
package convoy.jobs.reconcilestatus;

import org.jspecify.annotations.NullMarked;
