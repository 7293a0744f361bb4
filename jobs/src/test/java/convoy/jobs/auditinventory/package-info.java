@NullMarked
package convoy.jobs.auditinventory;

import org.jspecify.annotations.NullMarked;
