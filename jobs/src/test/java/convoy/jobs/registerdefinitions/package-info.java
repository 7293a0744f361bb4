@NullMarked
package convoy.jobs.registerdefinitions;

import org.jspecify.annotations.NullMarked;
