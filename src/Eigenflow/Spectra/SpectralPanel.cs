namespace Eigenflow.Spectra;

/// <summary>How the modes of a panel are represented.</summary>
internal enum PanelKind
{
    /// <summary>Each mode is a node of its own.</summary>
    Modes,

    /// <summary>All modes share one eigenvalue.</summary>
    Lump,

    /// <summary>Chebyshev nodes between the smallest and the largest eigenvalue of the panel.</summary>
    Chebyshev,
}

/// <summary>Consecutive modes First … End − 1 whose eigenvalues span at most one octave, or as many as were asked for.</summary>
internal readonly record struct SpectralPanel(long First, long End, double Largest, double Smallest, PanelKind Kind)
{
    /// <summary>Chebyshev nodes per panel: the error bound I₁₆(x/2) e^(−3x/2) for f = e^(−λt) on an octave is below 1e-13 for every x.</summary>
    public const int NodeCount = 16;

    /// <summary>Octaves of panels for pictures: the same bound is 2 I₁₆(7x/16) e^(−9x/16) for three octaves, below 1.3e-6 for every x.</summary>
    public const int WideOctaves = 3;

    /// <summary>
    /// Panels narrow geometrically towards the smallest eigenvalue until their relative width is this: the last modes
    /// alone survive at late times, and e^(−16 λ t) relative to its largest value must stay smooth down to 1e-200.
    /// </summary>
    private const double FinestRelativeWidth = 1.0 / 512;

    // Modes of a wide panel for each in its first octave: a power law of an exponent of one or more has fewer.
    private const long MostPerOctave = 8;

    private static readonly double[] ReducedNodes = [.. Enumerable.Range(0, NodeCount).Select(node => Math.Cos(Math.PI * (node + 0.5) / NodeCount))];

    public long Count => End - First;

    /// <summary>Splits a spectrum into panels.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="octaves">Octaves of λ that a panel spans at most.</param>
    public static List<SpectralPanel> Split(Spectrum spectrum, int octaves = 1)
    {
        var span = Math.ScaleB(1, octaves);
        var panels = new List<SpectralPanel>();
        var smallest = spectrum.SmallestPositive;
        var first = 0L;
        while (first < spectrum.Dimension)
        {
            var largest = spectrum[first];
            var end = End(span);

            // What grows at the large end of a panel must not be lost among all those that there are at the small one.
            if (octaves > 1 && end - first > MostPerOctave * (End(2) - first))
                end = End(2);
            var last = spectrum[end - 1];
            var kind = end - first == 1 ? PanelKind.Modes
                : last == largest ? PanelKind.Lump
                : end - first <= 2 * NodeCount ? PanelKind.Modes
                : PanelKind.Chebyshev;
            panels.Add(new SpectralPanel(first, end, largest, last, kind));
            first = end;
        }

        return panels;

        long End(double width)
        {
            var (largest, above) = (spectrum[first], spectrum[first] - smallest);
            var cut = largest <= 0 ? 0
                : above <= FinestRelativeWidth * smallest ? smallest
                : Math.Max(largest / width, smallest + (above / width));
            return Math.Max(spectrum.CountAtLeast(cut), first + 1);
        }
    }

    /// <summary>Number of nodes of the panel.</summary>
    public int Nodes => Kind switch { PanelKind.Modes => (int)Count, PanelKind.Lump => 1, _ => NodeCount };

    /// <summary>Maps an eigenvalue of the panel onto [−1, 1].</summary>
    public double Reduced(double eigenvalue) =>
        (eigenvalue - (0.5 * (Largest + Smallest))) / (0.5 * (Largest - Smallest));

    /// <summary>The Chebyshev node x_j = cos(π (j + ½)/K) in reduced units, descending.</summary>
    public static double ReducedNode(int node) => ReducedNodes[node];

    /// <summary>The eigenvalue at a Chebyshev node.</summary>
    public double NodeEigenvalue(int node) => (0.5 * (Largest + Smallest)) + (0.5 * (Largest - Smallest) * ReducedNode(node));
}
