package convoy.data.eligibility;

import convoy.data.vehicle.Powertrain;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as a person reads its definition. An empty list of regions, models or powertrains is
 * all.
 *
 * @param begins null: it has no window
 */
public record PlainCampaign(
    String id,
    PlainUpdate update,
    String urgency,
    int priority,
    List<String> regions,
    List<String> models,
    List<Powertrain> powertrains,
    List<String> excluded,
    @Nullable LocalDateTime begins,
    @Nullable LocalDateTime ends) {}
