using Eigenflow.Data;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// The modes of a problem: eigenvectors of a covariance, or waves on a lattice, with their variances in the data. The dimension of the space may be larger than the number of modes that data resolve.
/// </summary>
/// <param name="Variances">λ_k of eigenvectors, descending, or S_k of waves, in the order of their frequencies.</param>
/// <param name="Basis">What the modes are in the space of the data.</param>
internal sealed record ModeSet(double[] Variances, ModeBasis Basis)
{
    /// <summary>Component of the mean of the data along every mode; empty for a mean of zero.</summary>
    public double[] Mean { get; init; } = [];

    /// <summary>Rows of data as coordinates of the modes, centred; empty where they are Gaussian.</summary>
    public double[] Rows { get; init; } = [];

    /// <summary>What the reader did with the file.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Number of modes.</summary>
    public int Count => Variances.Length;

    /// <summary>Number of rows of data.</summary>
    public int RowCount => Rows.Length / Math.Max(1, Count);

    /// <summary>Sum of all variances.</summary>
    public double Trace => Variances.Sum();

    /// <summary>Refuses variances that are not allowed.</summary>
    /// <exception cref="ParameterException">A variance that is negative or no number, or all of them zero.</exception>
    public ModeSet Checked(string parameter)
    {
        foreach (var value in Variances)
        {
            if (!(value >= 0) || !(value <= DiffusionProblem.LargestVariance))
                throw new ParameterException(parameter, value, FormattableString.Invariant($"variances >= 0 and <= {DiffusionProblem.LargestVariance:R}"));
        }

        return Variances.Any(value => value > 0) ? this : throw new ParameterException(parameter, "0", "at least one variance > 0");
    }
}

/// <summary>What modes are in the space of the data: a picture of width × height places, or one line of them.</summary>
internal abstract record ModeBasis(int Width, int Height)
{
    /// <summary>Number of places.</summary>
    public int Places => Width * Height;

    /// <summary>Adds a mode to a field.</summary>
    /// <param name="mode">Its number from 0.</param>
    /// <param name="amplitude">Its amplitude.</param>
    /// <param name="field">One number per place, row by row.</param>
    public abstract void Add(int mode, double amplitude, Span<double> field);

    /// <summary>Adds the mean of the data to a field.</summary>
    public virtual void AddMean(Span<double> field)
    {
    }

    /// <summary>The shape of a number of places: a square where it is one.</summary>
    public static (int Width, int Height) ShapeOf(int places) => (int)Math.Round(Math.Sqrt(places)) is var side && side > 1 && side * side == places ? (side, side) : (places, 1);
}

/// <summary>Eigenvectors of data.</summary>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="Vectors">One row per mode.</param>
/// <param name="Mean">Mean of the data.</param>
internal sealed record DataBasis(int Width, int Height, double[] Vectors, double[] Mean) : ModeBasis(Width, Height)
{
    public override void Add(int mode, double amplitude, Span<double> field)
    {
        var vector = Vectors.AsSpan(mode * Places, Places);
        for (var i = 0; i < field.Length; i++)
            field[i] += amplitude * vector[i];
    }

    public override void AddMean(Span<double> field)
    {
        for (var i = 0; i < Mean.Length; i++)
            field[i] += Mean[i];
    }
}

/// <summary>Cosines, by ascending frequency: what the modes of a spectrum without eigenvectors are drawn as.</summary>
internal sealed record CosineBasis(int Width, int Height) : ModeBasis(Width, Height)
{
    private readonly (int X, int Y)[] frequencies =
        [.. Enumerable.Range(0, Width * Height).Select(k => (X: k % Width, Y: k / Width)).OrderBy(k => (k.X * k.X) + (k.Y * k.Y)).ThenBy(k => k.Y)];

    public override void Add(int mode, double amplitude, Span<double> field)
    {
        var (x, y) = frequencies[mode];
        var norm = amplitude * Math.Sqrt((x == 0 ? 1.0 : 2.0) / Width * (y == 0 ? 1.0 : 2.0) / Height);
        for (var j = 0; j < Height; j++)
        {
            var row = norm * Math.Cos(Math.PI * y * (j + 0.5) / Height);
            for (var i = 0; i < Width; i++)
                field[(j * Width) + i] += row * Math.Cos(Math.PI * x * (i + 0.5) / Width);
        }
    }
}

/// <summary>Waves on a lattice with circular boundary; the mode of −k is the sine of the one of k.</summary>
internal sealed record WaveBasis(int Width, int Height) : ModeBasis(Width, Height)
{
    /// <summary>The mode of the opposite wave vector.</summary>
    public int Partner(int mode)
    {
        int x = mode % Width, y = mode / Width;
        return ((Height - y) % Height * Width) + ((Width - x) % Width);
    }

    /// <summary>Size of the wave vector, folded into the first zone.</summary>
    public double Frequency(int mode)
    {
        int x = mode % Width, y = mode / Width;
        double kx = Math.Min(x, Width - x), ky = Math.Min(y, Height - y);
        return Math.Sqrt((kx * kx) + (ky * ky));
    }

    public override void Add(int mode, double amplitude, Span<double> field)
    {
        int x = mode % Width, y = mode / Width, partner = Partner(mode);
        var norm = amplitude * Math.Sqrt((partner == mode ? 1.0 : 2.0) / Places);
        for (var j = 0; j < Height; j++)
        {
            for (var i = 0; i < Width; i++)
            {
                var phase = 2 * Math.PI * (((double)x * i / Width) + ((double)y * j / Height));
                field[(j * Width) + i] += norm * (mode <= partner ? Math.Cos(phase) : Math.Sin(phase));
            }
        }
    }
}
