package convoy.writers.report;

import org.apache.poi.ss.usermodel.Footer;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Sheet;

/** How sheets are printed: A4, landscape. */
final class PageLayout {
  private PageLayout() {}

  /** All columns on one page's width, as many pages long as it takes. */
  static void table(Sheet sheet, String title) {
    landscape(sheet);
    sheet.setFitToPage(true);
    sheet.setAutobreaks(true);
    sheet.getPrintSetup().setFitWidth((short) 1);
    sheet.getPrintSetup().setFitHeight((short) 0);
    sheet.getHeader().setLeft("&B" + escaped(title));
  }

  static void landscape(Sheet sheet) {
    PrintSetup print = sheet.getPrintSetup();
    print.setLandscape(true);
    print.setPaperSize(PrintSetup.A4_PAPERSIZE);
    sheet.setMargin(PageMargin.LEFT, 0.5);
    sheet.setMargin(PageMargin.RIGHT, 0.5);
    sheet.setMargin(PageMargin.TOP, 0.75);
    sheet.setMargin(PageMargin.BOTTOM, 0.6);
    Footer footer = sheet.getFooter();
    footer.setLeft("&A");
    footer.setRight("&P / &N");
  }

  /** In headers and footers an ampersand begins a code (ECMA-376 part 1, section 18.3.1.46). */
  private static String escaped(String text) {
    return text.replace("&", "&&");
  }
}
