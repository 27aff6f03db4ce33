using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Spectra;

/// <summary>Writes per-mode data of consecutive modes.</summary>
/// <param name="first">0-based index of the first mode.</param>
/// <param name="eigenvalues">Their eigenvalues.</param>
/// <param name="columns">Receives the data: <c>columns[q][k]</c> for mode first + k, k below the number of eigenvalues.</param>
public delegate void ModeColumns(long first, ReadOnlySpan<double> eigenvalues, double[][] columns);

/// <summary>Per-mode data that is a smooth function of the mode number, continued to real numbers.</summary>
/// <param name="number">1-based mode number, any real number ≥ 1.</param>
/// <param name="columns">Receives one value per column.</param>
public delegate void SmoothColumns(double number, Span<double> columns);

/// <summary>
/// Spectral compression (derived; phase-retrieval theory, docs/systems/phase-retrieval.md): whatever is linear in
/// per-mode data with coefficients smooth in λ is carried on Chebyshev nodes per octave of λ with moment weights
/// W_j = Σ_{i ∈ panel} m_i ℓ_j(λ_i), ℓ_j the Lagrange basis of the nodes, evaluated through Chebyshev polynomials:
/// ℓ_j(x) = (1/K) (1 + 2 Σ_{k=1}^{K−1} T_k(x_j) T_k(x)).
/// Work: one streaming pass, about 16 (1 + columns) fused multiply–adds per mode; memory O(octaves), independent of d.
/// Sums run in eight fixed lanes, so the result does not depend on the vector width of the machine.
/// </summary>
public static class SpectralCompression
{
    private const int BlockSize = 1024;

    // Below this many modes a panel is summed mode by mode even when a smooth form is known: T₁₅ over a panel of N modes has a fifth derivative of about 5e8 (4/N)⁵ per mode, so that
    // the remainder of SmoothSum is below 1e-14 of a weight.
    private const long DirectModes = 8192;

    // A leaf may be this part of a panel: the polynomials of the panel are then those of a lower order within it, to rounding.
    private const long FewestLeaves = 4;

    // T_k at the nodes.
    private static readonly double[] ReducedPolynomials =
        [.. from k in Enumerable.Range(0, SpectralPanel.NodeCount) from node in Enumerable.Range(0, SpectralPanel.NodeCount) select Math.Cos(k * Math.PI * (node + 0.5) / SpectralPanel.NodeCount)];

    /// <summary>Compresses data that is known mode by mode.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <param name="columns">Writes the data of any block of modes; called with ascending blocks.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public static SpectralMeasure Compress(Spectrum spectrum, int columnCount, ModeColumns columns, CancellationToken cancellation = default) =>
        Assemble(spectrum, columnCount, columns, null, null, 1, cancellation);

    /// <summary>Compresses data that is known in leaves of modes as well: panels of several leaves are summed over their nodes.</summary>
    /// <param name="spectrum">A power law; others are summed mode by mode, but for equal eigenvalues.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <param name="columns">Writes the data of any block of modes; called with ascending blocks.</param>
    /// <param name="leaves">The same data in leaves, or null.</param>
    /// <param name="octaves">Octaves of λ per panel.</param>
    /// <param name="cancellation">Ends the pass.</param>
    internal static SpectralMeasure Compress(Spectrum spectrum, int columnCount, ModeColumns columns, ModeLeaves? leaves, int octaves, CancellationToken cancellation) =>
        Assemble(spectrum, columnCount, columns, null, leaves, octaves, cancellation);

    /// <summary>
    /// Compresses data that is a smooth function of the mode number: panels of many modes are integrated
    /// (Euler–Maclaurin with composite Gauss–Legendre quadrature in the logarithm of the mode number), so that the work is O(log d).
    /// </summary>
    /// <param name="spectrum">A power law or a piecewise constant spectrum; others are summed mode by mode.</param>
    /// <param name="columnCount">Number of columns.</param>
    /// <param name="columns">The data as a function of the mode number.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public static SpectralMeasure Average(Spectrum spectrum, int columnCount, SmoothColumns columns, CancellationToken cancellation = default) =>
        Average(spectrum, columnCount, columns, 1, cancellation);

    /// <summary>The same with panels of several octaves.</summary>
    internal static SpectralMeasure Average(Spectrum spectrum, int columnCount, SmoothColumns columns, int octaves, CancellationToken cancellation)
    {
        var values = new double[columnCount];
        return Assemble(spectrum, columnCount, PerMode, columns, null, octaves, cancellation);

        void PerMode(long first, ReadOnlySpan<double> eigenvalues, double[][] target)
        {
            for (var k = 0; k < eigenvalues.Length; k++)
            {
                columns(first + k + 1.0, values);
                for (var q = 0; q < values.Length; q++)
                    target[q][k] = values[q];
            }
        }
    }

    private static SpectralMeasure Assemble(
        Spectrum spectrum, int columnCount, ModeColumns columns, SmoothColumns? smooth, ModeLeaves? leaves, int octaves, CancellationToken cancellation)
    {
        var panels = SpectralPanel.Split(spectrum, octaves);
        var nodes = new List<double>();
        var weights = Enumerable.Range(0, columnCount).Select(_ => new List<double>()).ToArray();
        var block = new ModeBlock(columnCount);
        foreach (var panel in panels)
        {
            cancellation.ThrowIfCancellationRequested();
            if (panel.Kind == PanelKind.Modes)
            {
                block.Load(spectrum, columns, panel.First, (int)panel.Count);
                for (var k = 0; k < panel.Count; k++)
                {
                    nodes.Add(block.Eigenvalues[k]);
                    for (var q = 0; q < columnCount; q++)
                        weights[q].Add(block.Columns[q][k]);
                }

                continue;
            }

            var moments = smooth is not null && panel.Count > DirectModes && (spectrum is PowerLawSpectrum or StepSpectrum)
                ? SmoothMoments.Of(spectrum, panel, columnCount, smooth)
                : SumMoments(spectrum, panel, columnCount, columns, leaves, block, cancellation);
            for (var j = 0; j < panel.Nodes; j++)
            {
                nodes.Add(panel.Kind == PanelKind.Lump ? panel.Largest : panel.NodeEigenvalue(j));
                for (var q = 0; q < columnCount; q++)
                    weights[q].Add(panel.Kind == PanelKind.Lump ? moments[q][0] : Weight(moments[q], j));
            }
        }

        return new SpectralMeasure
        {
            Nodes = [.. nodes],
            Weights = [.. weights.Select(column => column.ToArray())],
            IsExact = panels.TrueForAll(panel => panel.Kind != PanelKind.Chebyshev),
            Dimension = spectrum.Dimension,
        };
    }

    // W_j = (1/K) (M₀ + 2 Σ_{k ≥ 1} T_k(x_j) M_k), with M_k = Σ_i m_i T_k(x_i) and T_k(cos θ) = cos kθ.
    private static double Weight(double[] moments, int node)
    {
        var sum = 0.0;
        for (var k = SpectralPanel.NodeCount - 1; k >= 1; k--)
            sum += moments[k] * ReducedPolynomials[(k * SpectralPanel.NodeCount) + node];
        return (moments[0] + (2 * sum)) / SpectralPanel.NodeCount;
    }

    private static double[][] SumMoments(
        Spectrum spectrum, SpectralPanel panel, int columnCount, ModeColumns columns, ModeLeaves? leaves, ModeBlock block, CancellationToken cancellation)
    {
        var order = panel.Kind == PanelKind.Lump ? 1 : SpectralPanel.NodeCount;
        var lanes = new double[columnCount * order * 8];
        var (head, tail) = (panel.End, panel.End);
        if (leaves is not null && panel.Count >= FewestLeaves * ModeLeaves.Size && (spectrum is PowerLawSpectrum || panel.Kind == PanelKind.Lump))
            (head, tail) = ((panel.First + ModeLeaves.Size - 1) / ModeLeaves.Size * ModeLeaves.Size, panel.End / ModeLeaves.Size * ModeLeaves.Size);
        SumModes(panel.First, head);
        SumLeaves();
        SumModes(tail, panel.End);

        var moments = new double[columnCount][];
        for (var q = 0; q < columnCount; q++)
        {
            moments[q] = new double[order];
            for (var k = 0; k < order; k++)
                moments[q][k] = Vector512.Sum(Vector512.Create<double>(lanes.AsSpan(((q * order) + k) * 8, 8)));
        }

        return moments;

        void SumModes(long from, long to)
        {
            for (var first = from; first < to; first += BlockSize)
            {
                cancellation.ThrowIfCancellationRequested();
                block.Load(spectrum, columns, first, (int)Math.Min(BlockSize, to - first));
                block.Reduce(panel);
                block.Accumulate(order, lanes);
            }
        }

        void SumLeaves()
        {
            // A large leaf is to the panel what a small one is at least.
            var hasLarge = panel.Count >= FewestLeaves * ModeLeaves.LargeSize;
            for (var first = head; first < tail;)
            {
                cancellation.ThrowIfCancellationRequested();
                first = block.LoadLeaves((spectrum, panel), leaves!, first, tail, hasLarge);
                block.Reduce(panel);
                block.Accumulate(order, lanes);
            }
        }
    }

    /// <summary>Work space of one block of modes; the unused tail is zero so that loops run over whole lanes.</summary>
    private sealed class ModeBlock(int columnCount)
    {
        private readonly double[] previous = new double[BlockSize];
        private readonly double[] current = new double[BlockSize];
        private readonly double[] reduced = new double[BlockSize];
        private int length;

        public double[] Eigenvalues { get; } = new double[BlockSize];

        public double[][] Columns { get; } = [.. Enumerable.Range(0, columnCount).Select(_ => new double[BlockSize])];

        public void Load(Spectrum spectrum, ModeColumns columns, long first, int count)
        {
            length = count;
            spectrum.Fill(first, Eigenvalues.AsSpan(0, count));
            columns(first, Eigenvalues.AsSpan(0, count), Columns);
            foreach (var column in Columns)
                column.AsSpan(count).Clear();
        }

        // As many leaves as there is room for; gives the mode after them.
        public long LoadLeaves((Spectrum Spectrum, SpectralPanel Panel) of, ModeLeaves leaves, long first, long end, bool hasLarge)
        {
            length = 0;
            while (first < end && length + ModeLeaves.NodeCount <= BlockSize)
            {
                var isLarge = hasLarge && first % ModeLeaves.LargeSize == 0 && first + ModeLeaves.LargeSize <= end;
                leaves.Load(first, isLarge, Eigenvalues.AsSpan(length, ModeLeaves.NodeCount), Columns, length);
                first += isLarge ? ModeLeaves.LargeSize : ModeLeaves.Size;
                length += ModeLeaves.NodeCount;
            }

            for (var k = 0; k < length; k++)
                Eigenvalues[k] = of.Spectrum is PowerLawSpectrum law ? law.At(Eigenvalues[k]) : of.Panel.Largest;
            foreach (var column in Columns)
                column.AsSpan(length).Clear();
            return first;
        }

        public void Reduce(SpectralPanel panel)
        {
            reduced.AsSpan().Clear();
            if (panel.Kind == PanelKind.Lump)
                return;
            for (var k = 0; k < length; k++)
                reduced[k] = panel.Reduced(Eigenvalues[k]);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Accumulate(int order, double[] lanes)
        {
            ref var x = ref MemoryMarshal.GetArrayDataReference(reduced);
            ref var before = ref MemoryMarshal.GetArrayDataReference(previous);
            ref var now = ref MemoryMarshal.GetArrayDataReference(current);
            var padded = (length + 7) & ~7;
            for (var k = 0; k < order; k++)
            {
                for (var i = 0; i < padded; i += 8)
                {
                    // T₀ = 1, T₁ = x, T_{k+1} = 2 x T_k − T_{k−1}; `now` holds T_k and `before` T_{k−1} after this.
                    var argument = Vector512.LoadUnsafe(ref x, (nuint)i);
                    var older = Vector512.LoadUnsafe(ref before, (nuint)i);
                    var old = Vector512.LoadUnsafe(ref now, (nuint)i);
                    var next = k switch
                    {
                        0 => Vector512<double>.One,
                        1 => argument,
                        _ => Vector512.FusedMultiplyAdd(argument + argument, old, -older),
                    };
                    next.StoreUnsafe(ref now, (nuint)i);
                    old.StoreUnsafe(ref before, (nuint)i);
                }

                for (var q = 0; q < Columns.Length; q++)
                {
                    ref var column = ref MemoryMarshal.GetArrayDataReference(Columns[q]);
                    ref var target = ref lanes[((q * order) + k) * 8];
                    var sum = Vector512.LoadUnsafe(ref target);
                    for (var i = 0; i < padded; i += 8)
                        sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref column, (nuint)i), Vector512.LoadUnsafe(ref now, (nuint)i), sum);
                    sum.StoreUnsafe(ref target);
                }
            }
        }
    }
}
