package convoy.data.preview;

import convoy.data.campaign.VinList;
import java.util.Map;

/**
 * A campaign that is previewed, registered or not.
 *
 * @param definition canonical JSON, as registering would keep it; its update is registered
 * @param lists the VINs of its lists; those that are not here are as the store has them
 */
public record PreviewSubject(
    String campaign, String definition, Map<VinList.Kind, VinList> lists) {}
