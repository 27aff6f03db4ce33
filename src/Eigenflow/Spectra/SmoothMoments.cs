using MathNet.Numerics.Integration;

namespace Eigenflow.Spectra;

/// <summary>
/// Chebyshev moments Σ_i m(i) T_k(x_i) of a panel of very many modes whose data is smooth in the mode number, in O(log d) work:
/// Σ_{i=m}^{n} f(i) = ∫_{m−½}^{n+½} f − (f'(n+½) − f'(m−½))/24 + O(f‴), the integral by composite Gauss–Legendre quadrature in log i.
/// </summary>
internal static class SmoothMoments
{
    // Up to here modes are summed one by one: the remainder of the midpoint rule falls as the fourth power of the mode number.
    private const long DirectEnd = 16_384;

    private const int QuadraturePoints = 24;

    private const double LargestLogarithmicStep = 0.25;

    public static double[][] Of(Spectrum spectrum, SpectralPanel panel, int columnCount, SmoothColumns columns)
    {
        var order = panel.Kind == PanelKind.Lump ? 1 : SpectralPanel.NodeCount;
        var moments = Enumerable.Range(0, columnCount).Select(_ => new double[order]).ToArray();
        var values = new double[columnCount];
        var first = panel.First;
        for (; first < Math.Min(panel.End, DirectEnd); first++)
            Add(first + 1.0, 1);

        var from = first + 0.5;
        var to = panel.End + 0.5;
        if (to > from)
        {
            var pieces = (int)Math.Ceiling(Math.Log(to / from) / LargestLogarithmicStep);
            var rule = new GaussLegendreRule(-1, 1, QuadraturePoints);
            for (var piece = 0; piece < pieces; piece++)
            {
                var low = Math.Log(from) + (Math.Log(to / from) * piece / pieces);
                var half = Math.Log(to / from) / pieces / 2;
                for (var point = 0; point < QuadraturePoints; point++)
                {
                    var number = Math.Exp(low + (half * (1 + rule.GetAbscissa(point))));
                    Add(number, rule.GetWeight(point) * half * number);
                }
            }

            // f' by the central difference over one mode.
            Add(to + 0.5, -1.0 / 24);
            Add(to - 0.5, 1.0 / 24);
            Add(from + 0.5, 1.0 / 24);
            Add(from - 0.5, -1.0 / 24);
        }

        return moments;

        void Add(double number, double weight)
        {
            columns(number, values);
            var eigenvalue = spectrum is PowerLawSpectrum law ? law.At(number) : panel.Largest;
            var reduced = order == 1 ? 0 : panel.Reduced(eigenvalue);
            double previous = 0, polynomial = 1;
            for (var k = 0; k < order; k++)
            {
                for (var q = 0; q < columnCount; q++)
                    moments[q][k] += weight * polynomial * values[q];
                (previous, polynomial) = (polynomial, k == 0 ? reduced : (2 * reduced * polynomial) - previous);
            }
        }
    }
}
