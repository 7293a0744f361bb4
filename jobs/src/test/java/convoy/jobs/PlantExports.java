package convoy.jobs;

/** Lines of exports of a plant. */
public final class PlantExports {
  public static final String VEHICLES =
      "vin,model,model_year,powertrain,region,manufactured_on,exported_at";
  public static final String ECUS =
      "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at";

  private PlantExports() {}

  /** A car that was built three years before. */
  public static String vehicle(String vin, String model, String region, String exportedAt) {
    return "%s,%s,2024,PETROL,%s,2023-11-21,%s".formatted(vin, model, region, exportedAt);
  }

  /** One whose serial is made of its module and vehicle. */
  public static String ecu(
      String vin, String module, String part, String version, String exportedAt) {
    return ecu(vin, module, module + "-" + vin, part, version, exportedAt);
  }

  public static String ecu(
      String vin, String module, String serial, String part, String version, String exportedAt) {
    return "%s,%s,%s,%s,H08,%s,CAN,%s".formatted(vin, module, serial, part, version, exportedAt);
  }
}
