using System.Numerics;
using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using MathNet.Numerics.IntegralTransforms;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Waves on a lattice with circular boundary, and what shared filters of a finite radius see of them (arXiv 2503.03206).</summary>
internal static class StationaryModes
{
    private const double MostCouplings = 5e7;
    private const int MostTaps = 2500;

    /// <summary>Variances S_k = (1/n) Σ |F x|² of the waves in rows, which is the average of their covariance over all shifts.</summary>
    public static ModeSet OfRows(DataMatrix table, bool isLine)
    {
        var (mean, centred) = DataModes.Centre(table);
        var (width, height) = isLine ? (table.Columns, 1) : Square(table.Columns);
        var variances = new double[table.Columns];
        for (var row = 0; row < table.Rows; row++)
        {
            var waves = Transform(centred.AsSpan(row * table.Columns, table.Columns), width, height);
            for (var k = 0; k < variances.Length; k++)
                variances[k] += waves[k].MagnitudeSquared() / ((double)table.Rows * table.Columns);
        }

        return new ModeSet(variances, new WaveBasis(width, height)) { Mean = [Math.Sqrt(table.Columns) * mean.Average(), .. new double[table.Columns - 1]] };
    }

    /// <summary>Variances of the waves in a covariance matrix, averaged along its circular diagonals.</summary>
    public static ModeSet OfCovariance(DataMatrix matrix, bool isLine)
    {
        var d = DataModes.Square(matrix);
        var (width, height) = isLine ? (d, 1) : Square(d);
        var shifted = new double[d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                int x = ((j % width) - (i % width) + width) % width, y = ((j / width) - (i / width) + height) % height;
                shifted[(y * width) + x] += matrix.Values[(i * d) + j] / d;
            }
        }

        double[] variances = [.. Transform(shifted, width, height).Select(value => value.Real)];
        var largest = variances.Max();
        return new ModeSet([.. variances.Select(value => value < 0 && value > -1e-8 * largest ? 0 : value)], new WaveBasis(width, height)).Checked("covariance");
    }

    /// <summary>Variances of the autocovariance exp(−|m|/length), |m| the shortest way around (along both axes).</summary>
    public static double[] OfLength(double length, WaveBasis basis)
    {
        var covariance = new double[basis.Places];
        for (var m = 0; m < covariance.Length; m++)
        {
            int x = m % basis.Width, y = m / basis.Width;
            covariance[m] = Math.Exp(-(Math.Min(x, basis.Width - x) + Math.Min(y, basis.Height - y)) / length);
        }

        return [.. Transform(covariance, basis.Width, basis.Height).Select(value => Math.Max(0, value.Real))];
    }

    /// <summary>Refuses variances that differ between a wave and its opposite: no real field has them.</summary>
    public static void CheckSymmetry(double[] variances, WaveBasis basis)
    {
        // What transforms leave of a wave without variance is rounding.
        var slack = 1e-13 * variances.Max();
        for (var k = 0; k < variances.Length; k++)
        {
            var other = variances[basis.Partner(k)];
            if (Math.Abs(variances[k] - other) > (1e-8 * Math.Max(variances[k], other)) + slack)
                throw new ParameterException("spectrum", FormattableString.Invariant($"(mode {k + 1} = {variances[k]:R}, mode {basis.Partner(k) + 1} = {other:R})"), "variances of waves that are equal for k and -k, in the order k = 0 ... N-1");
        }
    }

    /// <summary>γ_k = Σ_j w_j e^(−2πi jk/N) of a filter: its taps w_j in one column, of places j = 0 … N − 1, or γ_k with real and imaginary part in two.</summary>
    /// <exception cref="ParameterException">Another shape.</exception>
    public static Complex[] FilterOf(DataMatrix table, WaveBasis basis)
    {
        if (table.Rows != basis.Places || table.Columns > 2)
            throw new ParameterException("start", $"({table.Rows} x {table.Columns})", $"{basis.Places} taps of a filter in one column, or {basis.Places} gains of waves in two, real and imaginary part");
        return table.Columns == 1 ? Transform(table.Values, basis.Width, basis.Height) : [.. Enumerable.Range(0, table.Rows).Select(k => new Complex(table.Values[2 * k], table.Values[(2 * k) + 1]))];
    }

    /// <summary>The taps of a filter.</summary>
    public static double[] Taps(Complex[] gains, WaveBasis basis)
    {
        // Of the conjugate, forward: Σ_k conj(γ_k) e^(−2πi jk/N) is the conjugate of N w_j, which is real.
        var (real, imaginary) = (Transform([.. gains.Select(gain => gain.Real)], basis.Width, basis.Height), Transform([.. gains.Select(gain => -gain.Imaginary)], basis.Width, basis.Height));
        return [.. real.Select((value, j) => (value.Real - imaginary[j].Imaginary) / gains.Length)];
    }

    /// <summary>Refuses gains that no real filter has.</summary>
    public static void CheckFilter(Complex[] filter, DiffusionProblem problem)
    {
        if (problem.Architecture.Kind != ArchitectureKind.Convolution || filter.Length != problem.Dimension)
            throw new ParameterException("start", "(a filter)", "left out for architecture = " + problem.Architecture, "a filter belongs to architecture = convolution");
        var basis = (WaveBasis)problem.Set.Basis;
        var largest = filter.Max(Complex.Abs);
        if (!(largest <= 1e100))
            throw new ParameterException("start", "(beyond 1e100)", "finite numbers of a size of at most 1e100");
        for (var k = 0; k < filter.Length; k++)
        {
            if (!(Complex.Abs(filter[k] - Complex.Conjugate(filter[basis.Partner(k)])) <= 1e-8 * largest))
                throw new ParameterException("start", FormattableString.Invariant($"(gain of wave {k} = {filter[k].Real:R} + {filter[k].Imaginary:R}i)"), "gains of -k that are the conjugates of those of k", "no real filter has others");
        }
    }

    /// <summary>The autocovariance c(m) of variances.</summary>
    public static double[] Autocovariance(double[] variances, WaveBasis basis) => [.. Transform(variances, basis.Width, basis.Height).Select(value => value.Real / variances.Length)];

    /// <summary>What a filter of radius r sees: the modes of the covariance of a patch, and how its gains add up to those of the waves.</summary>
    /// <exception cref="ParameterException">The patch is wider than the lattice.</exception>
    public static PatchModes Patch(double[] variances, WaveBasis basis, int radius)
    {
        var width = (2 * radius) + 1;
        var isLine = basis.Height == 1;
        if (width > basis.Width || (!isLine && width > basis.Height))
            throw new ParameterException("architecture", $"patch:{radius}", $"a radius of at most {(Math.Min(basis.Width, isLine ? basis.Width : basis.Height) - 1) / 2}, so that the filter of {width} places fits the lattice");
        var taps = isLine ? width : width * width;
        if (taps > MostTaps || (double)taps * variances.Length > MostCouplings)
            throw new TooLargeException(FormattableString.Invariant($"patch:{radius} on {variances.Length} places"), 8.0 * taps * Math.Max(taps, variances.Length), 8 * MostCouplings, "use a smaller radius or lattice");
        var c = Autocovariance(variances, basis);
        var covariance = new double[taps * taps];
        (int X, int Y) Place(int tap) => isLine ? (tap - radius, 0) : ((tap % width) - radius, (tap / width) - radius);
        for (var a = 0; a < taps; a++)
        {
            for (var b = 0; b < taps; b++)
            {
                int x = (Place(a).X - Place(b).X + (2 * basis.Width)) % basis.Width, y = (Place(a).Y - Place(b).Y + (2 * basis.Height)) % basis.Height;
                covariance[(a * taps) + b] = c[(y * basis.Width) + x];
            }
        }

        var eigen = DenseAlgebra.Best.SymmetricEigen(covariance, taps);
        var centre = taps / 2;
        var couplings = new double[variances.Length * taps];
        for (var m = 0; m < taps; m++)
        {
            var filter = new double[variances.Length];
            for (var j = 0; j < taps; j++)
            {
                var (x, y) = Place(j);
                filter[((y + basis.Height) % basis.Height * basis.Width) + ((x + basis.Width) % basis.Width)] += eigen.Vectors[(m * taps) + j];
            }

            var gains = Transform(filter, basis.Width, basis.Height);
            for (var k = 0; k < variances.Length; k++)
                couplings[(k * taps) + m] = eigen.Vectors[(m * taps) + centre] * gains[k].Real;
        }

        return new PatchModes([.. eigen.Values.Select(value => Math.Max(0, value))], couplings, eigen.Vectors, centre);
    }

    /// <summary>Side of a square lattice.</summary>
    public static (int Width, int Height) Square(int places)
    {
        var side = (int)Math.Round(Math.Sqrt(places));
        return side * side == places ? (side, side) : throw new ParameterException("lattice", "square", $"line for {places} places", "a square lattice has a square number of places");
    }

    // Σ_m f(m) e^(−2πi km/N), rows first.
    private static Complex[] Transform(ReadOnlySpan<double> field, int width, int height)
    {
        var result = new Complex[field.Length];
        for (var k = 0; k < field.Length; k++)
            result[k] = field[k];
        var row = new Complex[width];
        for (var y = 0; y < height; y++)
        {
            Array.Copy(result, y * width, row, 0, width);
            Fourier.Forward(row, FourierOptions.AsymmetricScaling);
            Array.Copy(row, 0, result, y * width, width);
        }

        var column = new Complex[height];
        for (var x = 0; x < width && height > 1; x++)
        {
            for (var y = 0; y < height; y++)
                column[y] = result[(y * width) + x];
            Fourier.Forward(column, FourierOptions.AsymmetricScaling);
            for (var y = 0; y < height; y++)
                result[(y * width) + x] = column[y];
        }

        return result;
    }

    private static double MagnitudeSquared(this Complex value) => (value.Real * value.Real) + (value.Imaginary * value.Imaginary);
}

/// <summary>
/// The modes p_m, v_m of the covariance of a patch. A filter begins as a multiple of its centre e_0, so that its part along v_m is (v_m·e_0) times the gain of one layer at λ = p_m, and the gain of the wave k is Σ_m C_km of these with Σ_m C_km = 1 (derived).
/// Generated variances of waves are therefore products of powers of those of one layer.
/// </summary>
/// <param name="Variances">p, one per tap.</param>
/// <param name="Couplings">C, one row per wave.</param>
/// <param name="Vectors">v, one row per mode.</param>
/// <param name="Centre">The tap at the centre.</param>
internal sealed record PatchModes(double[] Variances, double[] Couplings, double[] Vectors, int Centre)
{
    /// <summary>C of a wave.</summary>
    public ReadOnlySpan<double> Of(int wave) => Couplings.AsSpan(wave * Variances.Length, Variances.Length);
}
