package convoy.data.duckdb;

import convoy.data.status.CampaignTrigger;

/** Definitions as registering writes them, for tests of the fleet store. */
final class Samples {
  private Samples() {}

  /** An update of ABS from 2.0.x to 2.1.0 on HW-1 and HW-2, for the model ASTER only. */
  static final String BRAKES =
      update("brakes", "[\"ASTER\"]", target("ABS", 1, "[\"HW-1\",\"HW-2\"]", "2.0.0", "2.1.0"));

  /** An update of two modules, for all vehicles. */
  static final String MAPS =
      update(
          "maps",
          "[]",
          target("GATEWAY", 1, "[]", "1.0.0", "2.0.0")
              + ","
              + target("INFOTAINMENT", 2, "[]", "5.0.0", "6.0.0"));

  static String update(String name, String models, String targets) {
    return """
        {"name":"%s","version":"1.0.0","title":"T","category":"BUG_FIX","models":%s,"powertrains":[],"wayBackRequired":false,"allowDowngrade":false,\
        "targets":[%s],"conditions":[],"preconditions":{}}"""
        .formatted(name, models, targets);
  }

  static String target(String module, int order, String hardware, String low, String to) {
    return """
        {"module":"%s","installOrder":%d,"installGroup":%d,"hardware":%s,"hardwareVersions":[],"protocols":[],"from":">=%s <%s","to":"%s","toKey":"%s","releaseCounter":1,\
        "images":[{"hardware":[],"name":"%s.bin","length":10,"sha256":"aa","sha512":"bb"}],\
        "ranges":[{"low":"%s","high":"%s"}]}"""
        .formatted(
            module,
            order,
            order,
            hardware,
            low,
            to,
            to,
            Fleet.key(to),
            module,
            Fleet.key(low),
            Fleet.key(to));
  }

  private static final String GATE =
      """
      {"success":8000,"pauseOnFailure":1500,"abortOnFailure":4000,"minimumReports":10,"silentAfterSeconds":604800}\
      """;

  static String campaign(String id, String update, String urgency, int priority, String audience) {
    return """
        {"campaign":"%s","title":"T","author":"alice","urgency":"%s","priority":%d,\
        "update":{"name":"%s","version":"1.0.0","digest":"%s"},%s,"gate":%s}"""
        .formatted(
            id,
            urgency,
            priority,
            update,
            Definitions.digest(update.equals("brakes") ? BRAKES : MAPS),
            audience,
            GATE);
  }

  /** An audience of everyone. */
  static final String ALL = audience("[]", "[]", "[]");

  static String audience(String regions, String models, String excluded) {
    return """
        "audience":{"regions":%s,"models":%s,"powertrains":[],"excludedVins":%s}"""
        .formatted(regions, models, excluded);
  }

  /** Registers a campaign, and its update when it is new, and approves it. */
  static void register(
      FleetStore store,
      String campaign,
      String update,
      String urgency,
      int priority,
      String audience) {
    String definition = update.equals("brakes") ? BRAKES : MAPS;
    if (Definitions.update(store, update, "1.0.0").isEmpty()) {
      Definitions.registerUpdate(store, update, "1.0.0", definition, Fleet.NOW);
    }
    Definitions.registerCampaign(
        store, campaign, campaign(campaign, update, urgency, priority, audience), Fleet.NOW);
    approve(store, campaign);
  }

  /** Takes a draft to where it can be planned; who may is another matter. */
  static void approve(FleetStore store, String campaign) {
    Campaigns.change(store, campaign, CampaignTrigger.SUBMIT, "submitted by alice", Fleet.NOW);
    Campaigns.change(store, campaign, CampaignTrigger.APPROVE, "approved by bob", Fleet.NOW);
  }
}
