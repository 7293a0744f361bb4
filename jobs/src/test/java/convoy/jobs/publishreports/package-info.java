@NullMarked
package convoy.jobs.publishreports;

import org.jspecify.annotations.NullMarked;
