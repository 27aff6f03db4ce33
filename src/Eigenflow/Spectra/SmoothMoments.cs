namespace Eigenflow.Spectra;

/// <summary>
/// Chebyshev moments Σ_i m(i) T_k(x_i) of a panel of very many modes whose data is smooth in the mode number, in O(log d) work, by <see cref="SmoothSum"/>.
/// </summary>
internal static class SmoothMoments
{
    // Up to here modes are summed one by one: the remainder of the midpoint rule falls as the sixth power of the mode number.
    private const long DirectEnd = 8192;

    public static double[][] Of(Spectrum spectrum, SpectralPanel panel, int columnCount, SmoothColumns columns)
    {
        var order = panel.Kind == PanelKind.Lump ? 1 : SpectralPanel.NodeCount;
        var moments = Enumerable.Range(0, columnCount).Select(_ => new double[order]).ToArray();
        var values = new double[columnCount];
        foreach (var (number, weight) in SmoothSum.Nodes(panel.First, panel.End, DirectEnd, SmoothSum.LargestLogarithmicStep))
            Add(number, weight);
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
