//! The figures as pictures: SVG with a background of its own, so that it is read in light and dark mode.

use crate::figures::Figures;
use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    BLACK, Cartesian2d, Circle, Color, DrawingArea, DrawingAreaErrorKind, IntoDrawingArea, LineSeries,
    RGBColor, Rectangle, SVGBackend, SeriesLabelPosition, Text, WHITE,
};
use std::fs;
use std::io;
use std::path::Path;

type Plane<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

const SIZE: (u32, u32) = (860, 480);
/// The line below the plot, which names the machine.
const BELOW: u32 = 26;
const FONT: &str = "system-ui, sans-serif";
const VERIFIED: (&str, RGBColor) = ("verified callback", RGBColor(0, 90, 181));
const FORM: (&str, RGBColor) = ("web::Form, nothing checked", RGBColor(220, 110, 20));

/// Draws all plots into files of this directory.
pub(crate) fn draw(figures: &Figures, directory: &Path) {
    fs::create_dir_all(directory).expect("a directory");
    let per_second = Plot {
        title: "Callbacks a second, by one worker",
        across: "connections",
        upwards: "callbacks/s",
        names: figures.served.iter().map(|served| served.connections.to_string()).collect(),
        verified: figures.served.iter().map(|served| served.verified.per_second).collect(),
        form: figures.served.iter().map(|served| served.form.per_second).collect(),
    };
    let mut cost = Plot {
        title: "CPU for each callback",
        across: "over sockets by connections, and without sockets",
        upwards: "µs",
        names: Vec::new(),
        verified: Vec::new(),
        form: Vec::new(),
    };
    for served in &figures.served {
        let (Some(verified), Some(form)) = (served.verified.cpu, served.form.cpu) else { continue };
        cost.add(&format!("{} conn.", served.connections), verified, form);
    }
    let alone = &figures.alone;
    cost.add("app alone", alone.app, alone.form_app);
    cost.add("extractor alone", alone.extractor, alone.form_extractor);
    let machine = figures.machine.line();
    for (file, svg) in [
        ("callbacks-per-second.svg", per_second.svg(&machine, lines)),
        ("cpu-per-callback.svg", cost.svg(&machine, bars)),
    ] {
        fs::write(directory.join(file), svg).expect("written");
    }
}

/// Two figures for each name along the axis.
struct Plot {
    title: &'static str,
    across: &'static str,
    upwards: &'static str,
    names: Vec<String>,
    verified: Vec<f64>,
    form: Vec<f64>,
}

impl Plot {
    fn add(&mut self, name: &str, verified: f64, form: f64) {
        self.names.push(name.to_owned());
        self.verified.push(verified);
        self.form.push(form);
    }

    fn both(&self) -> [(&'static str, RGBColor, &[f64]); 2] {
        [(VERIFIED.0, VERIFIED.1, &self.verified), (FORM.0, FORM.1, &self.form)]
    }

    fn highest(&self) -> f64 {
        self.verified.iter().chain(&self.form).copied().fold(0.0, f64::max)
    }

    /// The figures in words, for who does not see them.
    fn description(&self) -> String {
        let told = |((name, verified), form): ((&String, &f64), &f64)| {
            format!("{name}: {verified:.1} against {form:.1}")
        };
        let figures = self.names.iter().zip(&self.verified).zip(&self.form).map(told);
        let figures = figures.collect::<Vec<_>>().join("; ");
        format!("{}, {} against {} ({}): {figures}.", self.upwards, VERIFIED.0, FORM.0, self.across)
    }

    fn svg(&self, machine: &str, marks: fn(&Self, &mut Plane<'_>) -> Drawn) -> String {
        let mut svg = String::new();
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        self.draw(&area, machine, marks).expect("drawn");
        drop(area);
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let (title, description) = (escaped(self.title), escaped(&self.description()));
        let svg = svg.replacen("<svg", "<svg role=\"img\" aria-labelledby=\"title description\"", 1);
        let (head, rest) = svg.split_once(">\n").expect("an element");
        format!(
            "{head}>\n<title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n{rest}\n"
        )
    }

    fn draw(
        &self,
        area: &DrawingArea<SVGBackend<'_>, Shift>,
        machine: &str,
        marks: fn(&Self, &mut Plane<'_>) -> Drawn,
    ) -> Drawn {
        area.fill(&WHITE)?;
        let (plot, below) = area.split_vertically(SIZE.1 - BELOW);
        below.draw(&Text::new(machine.to_owned(), (14, 2), (FONT, 15)))?;
        #[allow(clippy::cast_precision_loss, reason = "a few names")]
        let right = self.names.len() as f64 - 0.5;
        let top = self.highest() * 1.35;
        let mut plane = ChartBuilder::on(&plot)
            .caption(self.title, (FONT, 26))
            .margin(14)
            .x_label_area_size(48)
            .y_label_area_size(72)
            .build_cartesian_2d(-0.5..right, 0.0..top)?;
        let name = |at: &f64| {
            let whole = at.fract().abs() < 1e-6;
            self.names
                .iter()
                .zip(0_u8..)
                .find(|(_, index)| whole && (f64::from(*index) - at).abs() < 0.1)
                .map_or_else(String::new, |(name, _)| name.clone())
        };
        plane
            .configure_mesh()
            .disable_x_mesh()
            .max_light_lines(0)
            .x_labels(2 * self.names.len() + 1)
            .x_label_formatter(&name)
            .y_label_formatter(&|figure| format!("{figure:.0}"))
            .x_desc(self.across)
            .y_desc(self.upwards)
            .label_style((FONT, 17))
            .axis_desc_style((FONT, 18))
            .draw()?;
        marks(self, &mut plane)?;
        plane
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperRight)
            .background_style(WHITE)
            .border_style(BLACK.mix(0.3))
            .label_font((FONT, 17))
            .draw()
    }
}

fn lines(plot: &Plot, plane: &mut Plane<'_>) -> Drawn {
    for (name, colour, figures) in plot.both() {
        let points = || (0_u8..).map(f64::from).zip(figures.iter().copied());
        plane
            .draw_series(LineSeries::new(points(), colour.stroke_width(3)))?
            .label(name)
            .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 14, y + 5)], colour.filled()));
        plane.draw_series(points().map(|point| Circle::new(point, 5, colour.filled())))?;
    }
    Ok(())
}

fn bars(plot: &Plot, plane: &mut Plane<'_>) -> Drawn {
    let above = plot.highest() * 0.05;
    for ((name, colour, figures), left) in plot.both().into_iter().zip([-0.32, 0.02]) {
        let places = || (0_u8..).map(f64::from).map(|at| at + left).zip(figures.iter().copied());
        plane
            .draw_series(places().map(|(x, y)| Rectangle::new([(x, 0.0), (x + 0.3, y)], colour.filled())))?
            .label(name)
            .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 14, y + 5)], colour.filled()));
        let told = |(x, y): (f64, f64)| Text::new(format!("{y:.1}"), (x + 0.04, y + above), (FONT, 15));
        plane.draw_series(places().map(told))?;
    }
    Ok(())
}
